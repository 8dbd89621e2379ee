import type { Arrivals, Message } from "../../alerting/scenario.ts";
import type { Labels } from "../../alerting/values.ts";
import { parseDuration } from "../../core/durations.ts";
import { INVALID, jobs, type NormalisedRecord, streamLabels } from "../../schema.ts";

type Fields = { readonly [N in keyof NormalisedRecord]?: NormalisedRecord[N] | undefined };

const usual: NormalisedRecord = {
  etat: "SUCCESS",
  source: "zohoprojects",
  entreprise: "akonovia",
  zone: "1-Raw",
  objet: "projects",
  fin: "2026-11-20T10:00:00.000000Z",
  duree_s: 1.5,
  cpu_s: 0.1,
  memoire_octets: 5_517_312,
  description: "Tout roule, pas de stress!",
};
/** Without the measures of a run. */
export const unmeasured = { duree_s: undefined, cpu_s: undefined, memoire_octets: undefined };
const labelsOf = (record: Fields, etat: string): Labels =>
  Object.fromEntries([
    ["job", jobs.records],
    ...streamLabels.flatMap(({ name }) => (record[name] ? [[name, record[name]]] : [])),
    ["etat", etat],
  ]);

/** A run as the producer sends it; what is not said is usual, `undefined` leaves a field out. */
export function run(fields: Fields = {}): Message {
  const record = { ...usual, ...fields };
  return { labels: labelsOf(record, record.etat!), line: JSON.stringify(record) };
}
/** A run whose line says something that the producer would not, such as a text for a number. */
export const oddRun = (fields: Fields, odd: Readonly<Record<string, unknown>>): Message => ({
  ...run(fields),
  line: JSON.stringify({ ...usual, ...fields, ...odd }),
});
export const failed = (fields: Fields = {}): Message =>
  run({ etat: "FAILED", ...unmeasured, description: "HTTP 503", ...fields });
/** A message that is no valid record, as the collector labels it; `fields` are those that it could read. */
export const invalid = (line = "ceci n'est pas du JSON", fields: Fields = {}): Message => ({
  labels: labelsOf(fields, INVALID),
  line,
});

/** A line of another job, with the labels of a record; no rule looks at it. */
export const elsewhere = (message: Message): Message => ({ ...message, labels: { ...message.labels, job: "autre" } });

/** Each message at that moment (`12m`, `-1h30m`, `90s`). */
export const once = (at: string, ...messages: readonly Message[]): Arrivals =>
  messages.map((message) => ({ ...message, at: parseDuration(at) }));
/** So many at that moment. */
export const burst = (at: string, count: number, message: Message): Arrivals =>
  Array.from({ length: count }, () => once(at, message)).flat();
/** One at every step, both ends included. */
export function every(
  step: string,
  message: Message,
  { from = "0s", to }: Readonly<{ from?: string; to: string }>,
): Arrivals {
  const [first, last, between] = [parseDuration(from), parseDuration(to), parseDuration(step)];
  return Array.from({ length: Math.floor((last - first) / between) + 1 }, (_, index) => ({
    ...message,
    at: first + index * between,
  }));
}
