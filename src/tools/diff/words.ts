import { durationSeconds } from "../../core/durations.ts";
import { type Json, written } from "./json.ts";

const number = (value: number): string => String(Number(value.toPrecision(12)));
const scaled = (value: number, steps: readonly (readonly [string, number])[]): string => {
  const [unit, size] = steps.find(([, least]) => Math.abs(value) >= least) ?? steps.at(-1)!;
  return `${number(value / size)} ${unit}`;
};

/** Says seconds in the largest unit that divides them (`15 min`, `24 h`, `92 days`). */
export function inTime(seconds: number): string {
  const whole = (size: number, least = size) => Math.abs(seconds) >= least && seconds % size === 0;
  if (whole(86_400, 172_800)) return `${number(seconds / 86_400)} days`;
  if (whole(3600)) return `${number(seconds / 3600)} h`;
  if (whole(60)) return `${number(seconds / 60)} min`;
  return seconds !== 0 && Math.abs(seconds) < 1 ? `${number(seconds * 1000)} ms` : `${number(seconds)} s`;
}

const DECIMAL = ["TB", "GB", "MB", "kB", "B"].map((unit, index) => [unit, 1000 ** (4 - index)] as const);
const BINARY = ["TiB", "GiB", "MiB", "KiB", "B"].map((unit, index) => [unit, 1024 ** (4 - index)] as const);
export const inBytes = (value: number, binary: boolean): string => scaled(value, binary ? BINARY : DECIMAL);

const NAMES: Readonly<Record<string, string>> = {
  none: "no unit",
  short: "number",
  s: "seconds",
  ms: "milliseconds",
  m: "minutes",
  h: "hours",
  d: "days",
  decbytes: "bytes in powers of 1000",
  bytes: "bytes in powers of 1024",
  percent: "percent, 0 to 100",
  percentunit: "percent, 0 to 1",
  reqps: "requests per second",
};
/** Says a Grafana unit; the id follows in parentheses. */
export const inUnitName = (id: string): string => (Object.hasOwn(NAMES, id) ? `${NAMES[id]} (${id})` : id);

const TIME_UNITS: Readonly<Record<string, number>> = {
  s: 1,
  ms: 1e-3,
  m: 60,
  h: 3600,
  d: 86_400,
  dtdurations: 1,
  dtdurationms: 1e-3,
};
/** Says a number that a panel shows in a Grafana unit (`10 s`, `150 MB`, `2 %`). */
export function inUnit(value: number, unit: string | undefined): string {
  if (unit === undefined || ["locale", "short", "none", ""].includes(unit)) return number(value);
  if (Object.hasOwn(TIME_UNITS, unit)) return inTime(Number((value * TIME_UNITS[unit]!).toPrecision(12)));
  if (unit === "percentunit") return `${number(value * 100)} %`;
  if (unit === "percent") return `${number(value)} %`;
  if (unit === "decbytes" || unit === "bytes") return inBytes(value, unit === "bytes");
  return `${number(value)} ${unit}`;
}

/** Says any value; its key tells what a bare number counts. */
export function inWords(value: Json, key = ""): string {
  if (typeof value === "number" && /(?:bytes|_size|batchsize)$/i.test(key)) return inBytes(value, value % 1024 === 0);
  if (typeof value === "number" && /_mb$/.test(key)) return `${number(value)} MB`;
  if (typeof value === "string") {
    const seconds = durationSeconds(value);
    if (seconds !== undefined) return inTime(seconds);
    return value === "" || value !== value.trim() || /^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(value)
      ? written(value)
      : value;
  }
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return "(empty)";
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return value.map((item) => inWords(item)).join(", ");
  return written(value);
}
