import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fill } from "../history.ts";
import { type Options, onFreshStack } from "./bench.ts";
import { megabytes, table } from "./measure.ts";

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

/** What Loki keeps on disk for records of one day, after a clean stop. */
export const benchDisk = ({ records }: Options): Promise<string> =>
  onFreshStack(["loki"], async ({ stack, data }) => {
    await fill(stack.lokiUrl, "fake", records, 24, Date.now());
    await stack.kill("loki", "SIGTERM");
    const folder = join(data, "loki");
    const per = (bytes: number) => megabytes((bytes * 1e6) / records);
    const parts = readdirSync(folder).map((name) => [name, bytesIn(join(folder, name))] as const);
    const kept = parts.filter(([, bytes]) => bytes > 0).toSorted(([, a], [, b]) => b - a);
    return table(
      ["Loki's folder", "a million records"],
      [
        ...kept.map(([name, bytes]) => [name, per(bytes)]),
        ["all", per(kept.reduce((sum, [, bytes]) => sum + bytes, 0))],
      ],
    );
  });
