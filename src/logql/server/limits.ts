import { printLabels } from "../evaluate/labels.ts";
import { printTime } from "../template/time/time.ts";
import { UTC } from "../template/time/zone.ts";
import type { Pairs } from "./stream-labels.ts";

/** The limits of the shipped Loki; lengths in bytes, times in nanoseconds. */
export const limits = {
  labelNames: 15,
  nameLength: 1024,
  valueLength: 2048,
  lineLength: 262_144,
  ahead: 10 * 60e9,
  behind: 24 * 3600e9,
  series: 5000,
  entries: 5000,
  pushBytes: 100_000_000,
} as const;

/** Why lines were refused: Loki's word for it in its metrics, and its sentence. */
export type Fault = Readonly<{ reason: string; message: string }>;

/** What a stream's labels do wrong, if anything. */
export function labelFault(pairs: Pairs): Fault | undefined {
  if (pairs.length === 0)
    return { reason: "missing_labels", message: "error at least one label pair is required per stream" };
  const stream = printLabels(Object.fromEntries(pairs));
  if (pairs.length > limits.labelNames) {
    const message = `entry for stream '${stream}' has ${pairs.length} label names; limit ${limits.labelNames}`;
    return { reason: "max_label_names_per_series", message };
  }
  for (const [index, [name, value]] of pairs.entries()) {
    if (Buffer.byteLength(name) > limits.nameLength)
      return { reason: "label_name_too_long", message: `stream '${stream}' has label name too long: '${name}'` };
    if (Buffer.byteLength(value) > limits.valueLength)
      return { reason: "label_value_too_long", message: `stream '${stream}' has label value too long: '${value}'` };
    if (pairs[index - 1]?.[0] === name)
      return { reason: "duplicate_label_names", message: `stream '${stream}' has duplicate label name: '${name}'` };
  }
  return undefined;
}

const rounded = (nanoseconds: bigint) =>
  new Date(Number(nanoseconds / 1_000_000n)).toISOString().replace(/\.\d+Z$/, "Z");

export const tooLong = (stream: string, length: number): Fault => ({
  reason: "line_too_long",
  message: `max entry size '${limits.lineLength}' bytes exceeded for stream '${stream}' while adding an entry with length '${length}' bytes`,
});

export const tooNew = (stream: string, time: bigint): Fault => ({
  reason: "too_far_in_future",
  message: `entry for stream '${stream}' has timestamp too new: ${rounded(time)}`,
});

/** The line that Loki writes for each entry that is too far behind its stream's newest. */
export const tooFarBehind = (time: bigint, oldest: bigint): string =>
  `entry with timestamp ${printTime({ nanoseconds: time, zone: UTC })} ignored, reason: 'entry too far behind, entry timestamp is: ${rounded(time)}, ` +
  `oldest acceptable timestamp is: ${rounded(oldest)}',`;

/** Several faults in one sentence, equal ones counted. */
export function summary(messages: readonly string[]): string {
  if (messages.length === 1) return messages[0]!;
  const counts = new Map<string, number>();
  for (const message of messages) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts].map(([message, count]) => `${count} errors like: ${message}`).join("; ");
}
