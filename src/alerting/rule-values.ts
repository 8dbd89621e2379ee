import type { Labels } from "../logql/evaluate/labels.ts";
import { formatFloat } from "../logql/template/print/floats.ts";
import { type Dict, dict, type Struct, type Type } from "../logql/template/value.ts";
import { ruleLabels } from "./labels.ts";

/** The result of one expression of a rule for one instance. */
type RuleValue = Readonly<{ labels: Labels; value: number }>;

const of = (value: Struct): RuleValue => value.of as RuleValue;
const text = (value: Struct) => formatFloat(of(value).value, { verb: "f" });
const VALUE: Type = {
  name: "template.Value",
  kind: "struct",
  fields: { Labels: (value: Struct) => ruleLabels(of(value).labels), Value: (value: Struct) => of(value).value },
  methods: { String: { params: [], call: text } },
  text,
};
const VALUES: Type = { name: "map[string]template.Value", kind: "map", element: VALUE };

export const valuesOf = (values: Dict): RuleValue[] => values.keys().map((key) => of(values.get(key) as Struct));

/** One instance of a rule: its labels, those of its series, and its values by reference (none without an answer). */
export type RuleData = Readonly<{ labels: Labels; series: Labels; values: Readonly<Record<string, number>> }>;
const ruleValues = ({ series, values }: RuleData): Dict => {
  const shown = (value: number): Struct => ({ type: VALUE, of: { labels: series, value } });
  return dict(VALUES, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)])));
};

/** What an annotation reads: its labels, all values, and the value of the rule, which is the first. */
const DATA: Type = {
  name: "template.Data",
  kind: "struct",
  fields: {
    Labels: ({ of: data }: Struct) => ruleLabels((data as RuleData).labels),
    Values: ({ of: data }: Struct) => ruleValues(data as RuleData),
    Value: ({ of: data }: Struct) => Object.values((data as RuleData).values)[0] ?? Number.NaN,
  },
};
export const ruleData = (data: RuleData): Struct => ({ type: DATA, of: data });
