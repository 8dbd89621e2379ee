import type { CaseFile } from "../../../src/logql/cases.ts";

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const lcm = (a: number, b: number) => (a / gcd(a, b)) * b;

/**
 * The cases moved so that all that they speak of has just happened (`now` in milliseconds): by whole steps, since Loki
 * counts those from 1970.
 */
export function recent<F extends CaseFile>(file: F, now: number): F {
  const asked = file.cases.map((one) => (one.kind === "instant" ? one.at : one.end));
  const lines = file.streams.flatMap(({ entries }) => entries.map(([time]) => time));
  const last = [...asked, ...lines].reduce((latest, time) => Math.max(latest, time), 0);
  const unit = file.cases
    .flatMap((one) => (one.kind === "range" ? [Math.round(one.step * 1000)] : []))
    .reduce(lcm, 1000);
  const start = Date.parse(file.t0);
  return { ...file, t0: new Date(start + Math.floor((now - last * 1000 - start) / unit) * unit).toISOString() };
}
