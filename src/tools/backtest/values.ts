import { sum } from "../../core/numbers.ts";
import type { Unit } from "../../core/units.ts";

type Suffixes = Readonly<Record<string, number>>;

/** What stands behind a number, by unit; the first of each is what a refused value is told to write. */
const SUFFIXES: Readonly<Record<Unit, Suffixes>> = {
  s: { s: 1, ms: 0.001, min: 60, m: 60, h: 3600, d: 86_400, j: 86_400, days: 86_400, jours: 86_400 },
  decbytes: { MB: 1e6, B: 1, kB: 1e3, GB: 1e9, o: 1, ko: 1e3, Mo: 1e6, Go: 1e9 },
  percentunit: { "%": 0.01 },
  locale: { "": 1 },
  short: { "": 1 },
};
/** What a value of a unit looks like. */
export const EXAMPLES: Readonly<Record<Unit, string>> = {
  s: "10s, 75min or 2h",
  decbytes: "150MB",
  percentunit: "2%",
  locale: "3",
  short: "3",
};

/** Reads a value as the configuration prints it in that unit (`75min`, `150 MB`, `2%`); undefined for anything else. */
export function readValue(text: string, unit: Unit): number | undefined {
  const parts = /^(?:\d+(?:\.\d+)?\s*(?:[a-zA-Z]+|%)?\s*)+$/.test(text)
    ? [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-zA-Z]+|%)?/g)]
    : [];
  const suffixes = SUFFIXES[unit];
  if (parts.length === 0 || (parts.length > 1 && unit !== "s")) return undefined;
  const values = parts.map(([, digits, suffix = ""]) =>
    Object.hasOwn(suffixes, suffix) ? Number(digits) * suffixes[suffix]! : Number.NaN,
  );
  const total = sum(values);
  // 0.1 + 0.2: what a person wrote has no more digits than this.
  return Number.isFinite(total) ? Number(total.toPrecision(12)) : undefined;
}
