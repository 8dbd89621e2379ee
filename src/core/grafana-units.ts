import { inTime, shortNumber } from "./durations.ts";

/** What a value measures, and how many base units (seconds, bytes, a share of 1) one of it is. */
export type Scaled = Readonly<{ of: "time" | "bytes" | "bytes per second" | "share" | "number"; scale: number }>;

const unit = (of: Scaled["of"], scales: Readonly<Record<string, number>>) =>
  Object.entries(scales).map(([id, scale]): readonly [string, Scaled] => [id, { of, scale }]);
const NUMBERS =
  "short locale sishort ops reqps rps wps iops cps eps mps pps rowsps opm reqpm rpm wpm cpm epm mpm".split(" ");
const [ki, Mi, Gi, Ti] = [1024, 1024 ** 2, 1024 ** 3, 1024 ** 4];

/** Grafana's unit ids; those that state nothing (`none`) or nothing that LogQL yields (`celsius`) are left out. */
export const GRAFANA_UNITS: ReadonlyMap<string, Scaled> = new Map([
  ...unit("time", { s: 1, dtdurations: 1, clocks: 1, ms: 1e-3, dtdurationms: 1e-3, clockms: 1e-3 }),
  ...unit("time", { µs: 1e-6, ns: 1e-9, m: 60, h: 3600, d: 86_400 }),
  ...unit("bytes", { bytes: 1, decbytes: 1, bits: 1 / 8, decbits: 1 / 8 }),
  ...unit("bytes", { kbytes: ki, mbytes: Mi, gbytes: Gi, tbytes: Ti }),
  ...unit("bytes", { deckbytes: 1e3, decmbytes: 1e6, decgbytes: 1e9, dectbytes: 1e12 }),
  ...unit("bytes per second", { Bps: 1, binBps: 1, bps: 1 / 8, binbps: 1 / 8, KBs: 1e3, MBs: 1e6, GBs: 1e9 }),
  ...unit("bytes per second", { KiBs: ki, MiBs: Mi, GiBs: Gi }),
  ...unit("share", { percentunit: 1, percent: 0.01 }),
  ...unit("number", Object.fromEntries(NUMBERS.map((id) => [id, 1]))),
]);

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
export const unitName = (id: string): string => (Object.hasOwn(NAMES, id) ? `${NAMES[id]} (${id})` : id);

/** Says bytes in the largest unit that they fill, with all their digits. */
export function inBytes(value: number, { binary }: Readonly<{ binary: boolean }>): string {
  const [factor, units] = binary ? [1024, ["B", "KiB", "MiB", "GiB", "TiB"]] : [1000, ["B", "kB", "MB", "GB", "TB"]];
  const power = units.findLastIndex((_, index) => index === 0 || Math.abs(value) >= factor ** index);
  return `${shortNumber(value / factor ** power)} ${units[power]}`;
}

/** A number in a Grafana unit with all its digits (`10 s`, `150 MB`, `2 %`); `view/format.ts` rounds for panels. */
export function inUnit(value: number, id: string | undefined): string {
  const unit = GRAFANA_UNITS.get(id ?? "");
  if (id === undefined || ["locale", "short", "none", ""].includes(id)) return shortNumber(value);
  if (unit?.of === "time") return inTime(Number((value * unit.scale).toPrecision(12)));
  if (unit?.of === "share") return `${shortNumber(value * unit.scale * 100)} %`;
  return id === "decbytes" || id === "bytes"
    ? inBytes(value, { binary: id === "bytes" })
    : `${shortNumber(value)} ${id}`;
}
