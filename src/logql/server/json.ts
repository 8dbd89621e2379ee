import { type Labels, printLabels } from "../evaluate/labels.ts";
import { Refusal } from "./answer.ts";
import { nanosecondsAfter, type Origin, type PushedEntry, type PushedStream } from "./pushed.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads Loki's push as JSON: `{"streams": [{"stream": {…}, "values": [["<nanoseconds>", "<line>", {…}?]]}]}`. */
export function readJson(body: Buffer, origin: Origin): readonly PushedStream[] {
  if (body.length === 0) throw new Refusal("EOF");
  const whole = fieldsOf(parsed(body), "the push");
  return listOf(whole.streams, "streams").map((one, index) => {
    const stream = fieldsOf(one, `streams[${index}]`);
    return {
      labels: labelText(fieldsOf(stream.stream === undefined ? {} : stream.stream, `streams[${index}].stream`)),
      entries: listOf(stream.values, `streams[${index}].values`).map((value) => entryOf(value, origin)),
    };
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new Refusal(`the body is no JSON: ${(cause as Error).message}`);
  }
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Refusal(`${what} is ${shown(value)}: it must be an object`);
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new Refusal(`${what} is ${shown(value)}: it must be an array`);
}

const shown = (value: unknown) => (JSON.stringify(value) ?? "missing").slice(0, 100);

/** A label's value that is no text counts as its JSON. */
const labelText = (labels: Fields) =>
  printLabels(Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, asText(value)])));
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function entryOf(value: unknown, origin: Origin): PushedEntry {
  const [time, line = "", metadata] = Array.isArray(value) ? value : [];
  if (typeof time !== "string" || !/^-?\d{1,19}$/.test(time))
    throw new Refusal(`an entry's time is ${shown(time)}: it must be nanoseconds since 1970, as a string`);
  if (typeof line !== "string") throw new Refusal(`an entry's line is ${shown(line)}: it must be a string`);
  const entry = { time: timeOf(time, origin), line, bytes: Buffer.byteLength(line) };
  return metadata === undefined ? entry : { ...entry, metadata: metadataOf(fieldsOf(metadata, "an entry's metadata")) };
}

function timeOf(text: string, origin: Origin): number {
  const cut = text.length - 9;
  if (cut < 1 || text.startsWith("-")) return Number(BigInt(text) - BigInt(origin) * 1_000_000_000n);
  return nanosecondsAfter(origin, { seconds: Number(text.slice(0, cut)), nanos: Number(text.slice(cut)) });
}

function metadataOf(fields: Fields): Labels {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (typeof value === "string") return [name, value];
      throw new Refusal(`an entry's metadata "${name}" is ${shown(value)}: it must be a string`);
    }),
  );
}
