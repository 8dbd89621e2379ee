import { GRAFANA_UNITS } from "../../../core/grafana-units.ts";
import { idOf, inWords, sameUnit } from "../grafana-units.ts";
import { unitOfMetric } from "../infer.ts";
import { aboutQuery } from "../rule.ts";

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
