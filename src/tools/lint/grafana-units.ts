/** What a value measures, and how many base units (seconds, bytes, a share of 1) one of it is. */
export type Scaled = Readonly<{ of: "time" | "bytes" | "bytes per second" | "share" | "number"; scale: number }>;

const unit = (of: Scaled["of"], scales: Readonly<Record<string, number>>) =>
  Object.entries(scales).map(([id, scale]): readonly [string, Scaled] => [id, { of, scale }]);
const NUMBERS =
  "short locale sishort ops reqps rps wps iops cps eps mps pps rowsps opm reqpm rpm wpm cpm epm mpm".split(" ");

/** Grafana's unit ids; those that state nothing (`none`) or nothing that LogQL yields (`celsius`) are left out. */
const UNITS: ReadonlyMap<string, Scaled> = new Map([
  ...unit("time", {
    s: 1,
    dtdurations: 1,
    clocks: 1,
    ms: 1e-3,
    dtdurationms: 1e-3,
    clockms: 1e-3,
    µs: 1e-6,
    ns: 1e-9,
    m: 60,
    h: 3600,
    d: 86_400,
  }),
  ...unit("bytes", {
    bytes: 1,
    decbytes: 1,
    bits: 1 / 8,
    decbits: 1 / 8,
    kbytes: 1024,
    mbytes: 1024 ** 2,
    gbytes: 1024 ** 3,
    tbytes: 1024 ** 4,
  }),
  ...unit("bytes", { deckbytes: 1e3, decmbytes: 1e6, decgbytes: 1e9, dectbytes: 1e12 }),
  ...unit("bytes per second", {
    Bps: 1,
    binBps: 1,
    bps: 1 / 8,
    binbps: 1 / 8,
    KBs: 1e3,
    MBs: 1e6,
    GBs: 1e9,
    KiBs: 1024,
    MiBs: 1024 ** 2,
    GiBs: 1024 ** 3,
  }),
  ...unit("share", { percentunit: 1, percent: 0.01 }),
  ...unit("number", Object.fromEntries(NUMBERS.map((id) => [id, 1]))),
]);

export const unitOf = (id: string): Scaled | undefined => UNITS.get(id);

/** Whether values of one unit can be read as the other; numbers of any rhythm can. */
export const sameUnit = (a: Scaled, b: Scaled): boolean =>
  a.of === b.of && (a.of === "number" || Math.abs(a.scale / b.scale - 1) < 1e-9);

const NAMES: Readonly<Record<Scaled["of"], string>> = {
  time: "seconds",
  bytes: "bytes",
  "bytes per second": "bytes per second",
  share: "a ratio between 0 and 1",
  number: "a number",
};

/** Says a unit in words, by Grafana's name where there is one. */
export function inWords({ of, scale }: Scaled): string {
  if (scale === 1 || of === "number") return NAMES[of];
  const id = [...UNITS].find(([, known]) => sameUnit(known, { of, scale }))?.[0];
  if (id) return `${of} (${id})`;
  return `${of} in units of ${scale} ${of === "share" ? "" : NAMES[of]}`.trim();
}

/** The Grafana unit to state for such values, if there is one. */
export const idOf = (wanted: Scaled): string | undefined =>
  wanted.of === "bytes" && wanted.scale === 1
    ? "bytes or decbytes"
    : [...UNITS].find(([, known]) => sameUnit(known, wanted))?.[0];
