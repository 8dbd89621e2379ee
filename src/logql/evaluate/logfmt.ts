import { unescapeJson } from "./json-scan.ts";

/** A pair of a logfmt line; the value is empty where there is no `=`. */
export type Pair = Readonly<{ key: string; value: string }>;

const SPACE = 32;
const EQUALS = 61;
const QUOTE = 34;

/**
 * Calls back for each pair of a logfmt line; the callback ends the walk with `false`.
 * A broken pair is passed over up to the next blank, or with `strict` ends the walk with Loki's words.
 */
export function eachPair(
  line: string,
  { strict, pair }: Readonly<{ strict: boolean; pair: (pair: Pair) => boolean }>,
): string | undefined {
  let at = 0;
  while (at < line.length) {
    while (at < line.length && line.charCodeAt(at) <= SPACE) at += 1;
    if (at >= line.length) return undefined;
    const read = readPair(line, at);
    if (typeof read.fault === "string") {
      if (strict) return read.fault;
      at = read.to;
      while (at < line.length && line.charCodeAt(at) > SPACE) at += 1;
    } else {
      at = read.to;
      if (!pair(read.pair)) return undefined;
    }
  }
  return undefined;
}

type Read = Readonly<{ fault?: undefined; pair: Pair; to: number }> | Readonly<{ fault: string; to: number }>;

const faultAt = (what: string, at: number): Read => ({
  fault: `logfmt syntax error at pos ${at + 1} : ${what}`,
  to: at,
});

function readPair(line: string, from: number): Read {
  let at = from;
  while (at < line.length && line.charCodeAt(at) > SPACE && line.charCodeAt(at) !== EQUALS) {
    if (line.charCodeAt(at) === QUOTE) return faultAt("unexpected '\"'", at);
    at += 1;
  }
  const key = line.slice(from, at);
  if (line.charCodeAt(at) !== EQUALS || at >= line.length) return { pair: { key, value: "" }, to: at };
  if (key === "") return faultAt("unexpected '='", at);
  return line.charCodeAt(at + 1) === QUOTE ? quotedValue(line, key, at + 1) : bareValue(line, key, at + 1);
}

function bareValue(line: string, key: string, from: number): Read {
  let at = from;
  while (at < line.length && line.charCodeAt(at) > SPACE) {
    if (line.charCodeAt(at) === QUOTE) return faultAt("unexpected '\"'", at);
    at += 1;
  }
  return { pair: { key, value: line.slice(from, at) }, to: at };
}

function quotedValue(line: string, key: string, from: number): Read {
  let at = from + 1;
  while (at < line.length && line.charCodeAt(at) !== QUOTE) at += line.charCodeAt(at) === 92 ? 2 : 1;
  if (at >= line.length) return faultAt("unterminated quoted value", line.length);
  const value = unescapeJson(line.slice(from + 1, at));
  if (value === undefined) return faultAt("invalid quoted value", at);
  return { pair: { key, value }, to: at + 1 };
}
