import { UserError } from "../../core/errors.ts";
import { DAY_MS } from "../../core/spans.ts";
import type { Data } from "../../logs/data.ts";
import { type Choice, choiceIn } from "../../view/choice.ts";
import type { Definitions } from "../../view/definitions.ts";
import { momentOf, type TimeRange } from "../../view/times.ts";

/** What the address of a request says: the range, and the choice of each variable. */
type Request = Readonly<{ range: TimeRange; choice: Choice }>;

const LONGEST = 400 * DAY_MS;
const MOST_POINTS = 11_000;

function moment(text: string, { name, now }: Readonly<{ name: "from" | "to"; now: number }>): number {
  const found = momentOf(text, now);
  if (found === undefined)
    throw new UserError(`${name} is "${text}"; write now-6h, milliseconds since 1970 or 2026-11-27T06:00:00Z.`);
  return found;
}

/** Reads `from`, `to` and `var-…` of an address; a `UserError` says which is wrong. */
function readRequest(
  parameters: URLSearchParams,
  { now, usual }: Readonly<{ now: number; usual: Readonly<{ from: string; to: string }> }>,
): Request {
  const from = moment(parameters.get("from") || usual.from, { name: "from", now });
  const to = moment(parameters.get("to") || usual.to, { name: "to", now });
  if (from >= to) throw new UserError("from does not come before to; give the earlier moment first.");
  if (to - from > LONGEST) throw new UserError("The range is longer than 400 days; take a shorter one.");
  return { range: { from, to }, choice: choiceIn(parameters) };
}

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

const USUAL_POINTS = 800;
/** The panels that an address asks for, `panel=ID:POINTS` each, with the room for points that each has. */
export const panelsIn = (parameters: URLSearchParams): readonly Readonly<{ id: string; points: number }>[] =>
  parameters.getAll("panel").map((text) => {
    const [id = "", room = ""] = text.split(":");
    const points = Number.parseInt(room, 10) || USUAL_POINTS;
    return { id, points: Math.min(MOST_POINTS, Math.max(1, points)) };
  });
