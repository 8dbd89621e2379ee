import type { Labels } from "../logql/evaluate/labels.ts";
import { formatFloat } from "../logql/template/print/floats.ts";
import { type Dict, dict, type Struct, type Type } from "../logql/template/value.ts";
import { ruleLabels } from "./labels.ts";

/** The result of one expression of a rule for one instance. */
export type RuleValue = { readonly labels: Labels; readonly value: number };

const of = (value: Struct): RuleValue => value.of as RuleValue;
const VALUE: Type = {
  name: "template.Value",
  kind: "struct",
  fields: { Labels: (value: Struct) => ruleLabels(of(value).labels), Value: (value: Struct) => of(value).value },
  methods: { String: { params: [], call: (value: Struct) => formatFloat(of(value).value, { verb: "f" }) } },
  text: (value: Struct) => formatFloat(of(value).value, { verb: "f" }),
};
const VALUES: Type = { name: "map[string]template.Value", kind: "map", element: VALUE };

export const ruleValues = (values: Readonly<Record<string, RuleValue>>): Dict =>
  dict(
    VALUES,
    Object.fromEntries(
      Object.entries(values).map(([name, value]): [string, Struct] => [name, { type: VALUE, of: value }]),
    ),
  );
export const valuesOf = (values: Dict): RuleValue[] => values.keys().map((key) => of(values.get(key) as Struct));

/** What an annotation reads: its labels, all values, and the value of the rule. */
const DATA: Type = {
  name: "template.Data",
  kind: "struct",
  fields: {
    Labels: ({ of: data }: Struct) => (data as Data).labels,
    Values: ({ of: data }: Struct) => (data as Data).values,
    Value: ({ of: data }: Struct) => (data as Data).value,
  },
};
type Data = { readonly labels: Dict; readonly values: Dict; readonly value: number };
export const ruleData = (data: Data): Struct => ({ type: DATA, of: data });
