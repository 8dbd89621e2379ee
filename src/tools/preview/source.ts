import type { Data } from "../../logs/data.ts";
import type { Definitions } from "../../view/definitions.ts";
import { readRequest } from "./questions.ts";

/** What the page's questions are answered from; both change while the preview runs. */
export type Source = Readonly<{
  data: () => Data;
  definitions: () => Definitions;
  externalURL: string;
  mailTo: string;
}>;

/** What an address asks, of the records that there are now. */
export const asked = (source: Source, parameters: URLSearchParams, usual: Readonly<{ from: string; to: string }>) => {
  const data = source.data();
  const now = data.now();
  return { data, now, ...readRequest(parameters, { now, usual }) };
};
