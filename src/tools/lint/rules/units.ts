import { GRAFANA_UNITS, type Scaled } from "../../../core/grafana-units.ts";
import { unitOfMetric } from "../infer.ts";
import { aboutQuery } from "../rule.ts";

/** Whether values of one unit can be read as the other; numbers of any rhythm can. */
const sameUnit = (a: Scaled, b: Scaled): boolean =>
  a.of === b.of && (a.of === "number" || Math.abs(a.scale / b.scale - 1) < 1e-9);

const NAMES: Readonly<Record<Scaled["of"], string>> = {
  time: "seconds",
  bytes: "bytes",
  "bytes per second": "bytes per second",
  share: "a ratio between 0 and 1",
  number: "a number",
};

/** The Grafana unit to state for such values, if there is one. */
const idOf = (wanted: Scaled): string | undefined =>
  wanted.of === "bytes" && wanted.scale === 1
    ? "bytes or decbytes"
    : [...GRAFANA_UNITS].find(([, unit]) => sameUnit(unit, wanted))?.[0];

/** Says a unit in words, by Grafana's name where there is one. */
function inWords(unit: Scaled): string {
  const { of, scale } = unit;
  if (scale === 1 || of === "number") return NAMES[of];
  const id = idOf(unit);
  if (id) return `${of} (${id})`;
  return `${of} in units of ${scale} ${of === "share" ? "" : NAMES[of]}`.trim();
}

export const unitMismatch = aboutQuery({
  name: "unit-mismatch",
  reason:
    "A threshold in another unit than its query is crossed always or never, and an axis in another unit misleads.",
  check: (query, subject) => {
    const { stated, thresholds } = subject.about;
    const values = query.kind === "logs" ? undefined : unitOfMetric(query, subject);
    const recognised = stated.flatMap((one) => {
      const unit = GRAFANA_UNITS.get(one.unit);
      return unit ? { by: one.by, id: one.unit, unit } : [];
    });
    const [first] = recognised;
    if (!values || !first || recognised.length < stated.length) return undefined;
    const [at, yields] = [{}, `the query yields ${inWords(values)}, but`];
    const agreed = recognised.filter(({ unit }) => sameUnit(unit, values));
    if (agreed.length === 0) {
      const id = idOf(values);
      const unit = id ? `the unit ${id}` : "the query's own unit";
      const limits = thresholds.length > 0 ? ", with thresholds in it," : "";
      const suggestion = `state ${unit}${limits} or convert the query`;
      return { at, message: `${yields} ${first.by} states ${first.id}`, suggestion };
    }
    const isShare = values.of === "share" && values.scale === 1 && agreed.some(({ id }) => id === "percentunit");
    return thresholds
      .filter((value) => isShare && value > 1)
      .map((value) => {
        const suggestion = `write the threshold as a ratio: ${value} % is ${value / 100}`;
        return { at, message: `${yields} is compared with ${value}`, suggestion };
      });
  },
});
