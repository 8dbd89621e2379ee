import { GRAFANA_UNITS, type Scaled } from "../../core/grafana-units.ts";

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
  const id = [...GRAFANA_UNITS].find(([, unit]) => sameUnit(unit, { of, scale }))?.[0];
  if (id) return `${of} (${id})`;
  return `${of} in units of ${scale} ${of === "share" ? "" : NAMES[of]}`.trim();
}

/** The Grafana unit to state for such values, if there is one. */
export const idOf = (wanted: Scaled): string | undefined =>
  wanted.of === "bytes" && wanted.scale === 1
    ? "bytes or decbytes"
    : [...GRAFANA_UNITS].find(([, unit]) => sameUnit(unit, wanted))?.[0];
