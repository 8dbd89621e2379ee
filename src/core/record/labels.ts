import { etats, INVALID, jobs, streamLabels } from "../../schema.ts";
import { unitEscaped } from "../visible.ts";
import { requiredLabels, unsafe } from "./required-labels.ts";

/** The labels of a stream, without empty ones. */
export type Labels = Readonly<Record<string, string>>;

const UNSAFE = new RegExp(unsafe.pattern, "g");
const names = streamLabels.map(({ name }) => name);

/** Promtail's labels for a message of the records' topic: its own, the state INVALID unless it is a valid record. */
export function recordLabels(value: Buffer): Labels {
  const fields = objectOf(value.toString());
  const found: Record<string, string> = { job: jobs.records };
  for (const name of names) {
    const text = textOf(fields[name])?.replace(UNSAFE, unsafe.written);
    if (text) found[name] = text;
  }
  const isValid =
    (etats as readonly string[]).includes(found.etat ?? "") && requiredLabels.every(({ name }) => found[name]);
  return { ...found, etat: isValid ? found.etat! : INVALID };
}

/** The labels of any message of the rejects' topic. */
export const rejectLabels: Labels = { job: jobs.rejects };

/** Digits that may make a number too large for Go, which then refuses the message; JavaScript would read Infinity. */
const HUGE = /[eE]\+?\d{3}|\d{309}/;
const finite = (_: string, value: unknown) => {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
    throw new RangeError("too large a number");
  return value;
};

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = HUGE.test(text) ? JSON.parse(text, finite) : JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

/** Half a surrogate pair is no character. */
const wellFormed = (text: string) => (/[\ud800-\udfff]/.test(text) ? Buffer.from(text).toString() : text);

const ESCAPED = /[<>&\u2028\u2029]/g;

/** A value as a label: numbers in plain decimals, objects and arrays as JSON in Go's spelling. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number") return decimal(value);
  if (typeof value === "boolean") return String(value);
  const json = wellFormed(JSON.stringify(value));
  return json.replace(ESCAPED, unitEscaped);
}

/** A number without exponent. */
function decimal(value: number): string {
  if (Object.is(value, -0)) return "-0";
  const [digits = "", exponent] = String(value).split("e");
  if (exponent === undefined) return digits;
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  const places = Number(exponent);
  if (places > 0) return sign + whole + fraction.padEnd(places, "0");
  return `${sign}0.${"0".repeat(-places - 1)}${whole}${fraction}`;
}
