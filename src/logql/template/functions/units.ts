import { CallError } from "../errors.ts";
import { goQuote } from "../parse/quote.ts";
import { durationProblem, parseDuration } from "../time/duration.ts";
import { parseFloatText } from "./convert.ts";

const NAMES = ["k", "m", "g", "t", "p", "e"];
const factor = (unit: string): number | undefined => {
  const name = unit.toLowerCase().replace(/b$/, "");
  if (name === "") return 1;
  const power = NAMES.indexOf(name.replace(/i$/, "")) + 1;
  const base = name.endsWith("i") ? 1024 : 1000;
  return power === 0 ? undefined : base ** power;
};

/** The bytes that a text like `12KB` or `1.2MiB` speaks of. */
export const parseBytes = (text: string): number => {
  const found = /^([0-9.,]+) *([a-zA-Z]*) *$/.exec(text.trim());
  const number = found ? parseFloatText(found[1]!.replaceAll(",", "")) : undefined;
  if (number === undefined)
    throw new CallError(
      `strconv.ParseFloat: parsing ${goQuote(/^[0-9.,]*/.exec(text)![0].replaceAll(",", ""))}: invalid syntax`,
    );
  const scale = factor(found![2]!);
  if (scale === undefined) throw new CallError(`unhandled size name: ${found![2]!.toLowerCase()}`);
  return Math.trunc(number * scale);
};

/** The seconds of a duration like `1h30m`. */
export const parseSeconds = (text: string): number => {
  const nanoseconds = parseDuration(text);
  if (nanoseconds === undefined) throw new CallError(durationProblem(text));
  return Number(nanoseconds / 1_000_000_000n) + Number(nanoseconds % 1_000_000_000n) / 1e9;
};
