import { byText } from "../../core/order.ts";
import { print } from "../../queries/print.ts";
import { allRuns } from "../../queries/records.ts";
import type { NormalisedRecord } from "../../schema.ts";
import { type Line, type Logs, milliseconds } from "./logs.ts";
import { pages } from "./pages.ts";
import type { Window } from "./period.ts";

/** What a report needs of a run besides its numbers by window: `at` is its entry's time, in milliseconds. */
export type Run = Readonly<{
  at: number;
  etat: string;
  entreprise: string;
  source: string;
  objet: string;
  fin: string;
  description: string | undefined;
  duration: number | undefined;
  repair: number | undefined;
}>;

/** A measure as Loki unwraps it: a number, or a text that is one. */
function measure(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function runOf({ labels: { etat = "", entreprise = "", source = "" }, time, text }: Line): Run {
  const { objet, fin, description, duree_s, retablissement_s } = fieldsOf(text);
  return {
    at: milliseconds(time),
    etat,
    entreprise,
    source,
    objet: typeof objet === "string" ? objet : "",
    fin: typeof fin === "string" ? fin : "",
    description: typeof description === "string" ? description : undefined,
    duration: measure(duree_s),
    repair: etat === "SUCCESS" ? measure(retablissement_s) : undefined,
  };
}

function fieldsOf(text: string): { [N in keyof NormalisedRecord]?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The collector labels by the topic's rules; a line that others sent so labelled counts as a run without fields.
    return {};
  }
}

/** The runs of a window by their entries' time, those of one moment by their own end. */
export async function* runsOf(logs: Logs, window: Window): AsyncGenerator<Run> {
  for await (const lines of pages(logs, print(allRuns()), { ...window, limit: logs.limits.mostLines }))
    yield* lines.map(runOf).sort((a, b) => a.at - b.at || byText(a.fin, b.fin));
}
