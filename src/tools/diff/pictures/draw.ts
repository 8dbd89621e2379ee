import type { Report } from "../compare/report.ts";
import type { State } from "../model/model.ts";
import type { Read } from "../read/own-records.ts";
import { materialOf } from "./material.ts";
import { picturesPage, writePage } from "./page.ts";

type Drawing = Readonly<{
  states: Readonly<{ from: State; to: State }>;
  read: Read | undefined;
  names: Readonly<{ from: string; to: string }>;
}>;

/** Writes the page of a report into a folder. */
export async function drawPictures(folder: string, report: Report, { states, read, names }: Drawing): Promise<void> {
  writePage(folder, await picturesPage(report, { states, names, material: await materialOf(read) }));
}
