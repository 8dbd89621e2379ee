import type { Labels } from "../logql/evaluate/labels.ts";
import {
  type Dict,
  dict,
  type List,
  list,
  type Method,
  STRING,
  STRING_MAP,
  STRINGS,
  type Struct,
  sorted,
  type Type,
  type Value,
} from "../logql/template/value.ts";

const PAIR: Type = {
  name: "template.Pair",
  kind: "struct",
  fields: {
    Name: ({ of }: Struct) => (of as readonly string[])[0],
    Value: ({ of }: Struct) => (of as readonly string[])[1],
  },
};

/** Names in Alertmanager's order: alertname first. */
const names = (keys: readonly string[]): string[] => [
  ...keys.filter((key) => key === "alertname"),
  ...sorted(keys).filter((key) => key !== "alertname"),
];
const printed = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join(", ");
const pairsOf = (labels: Dict): [string, string][] =>
  names(labels.keys()).map((name) => [name, labels.get(name) as string]);

const texts = (items: readonly string[]): List => list(STRINGS, items);
type Items = { readonly items: readonly Struct[] };
const pair = ({ of }: Struct): [string, string] => of as [string, string];
const method = <Receiver>(call: (receiver: Receiver) => Value): Method => ({ params: [], call });
const PAIRS: Type = {
  name: "template.Pairs",
  kind: "slice",
  element: PAIR,
  text: ({ items }: Items) => printed(items.map(pair)),
  methods: {
    Names: method(({ items }: Items) => texts(items.map((item) => pair(item)[0]))),
    Values: method(({ items }: Items) => texts(items.map((item) => pair(item)[1]))),
    String: method(({ items }: Items) => printed(items.map(pair))),
  },
};

const KV_METHODS: Record<string, Method> = {
  SortedPairs: method((labels: Dict) => {
    const pairs = pairsOf(labels).map((of): Struct => ({ type: PAIR, of }));
    return list(PAIRS, pairs);
  }),
  Names: method((labels: Dict) => texts(names(labels.keys()))),
  Values: method((labels: Dict) => texts(pairsOf(labels).map(([, value]) => value))),
  String: method((labels: Dict) => printed(pairsOf(labels))),
  Remove: {
    params: [STRINGS],
    call: (labels: Dict, [removed]: readonly Value[]) => {
      const gone = new Set((removed as { items: readonly Value[] }).items);
      return kv(Object.fromEntries(pairsOf(labels).filter(([name]) => !gone.has(name))));
    },
  },
};
/** Alertmanager's set of names and values. */
const KV: Type = {
  name: "template.KV",
  kind: "map",
  element: STRING,
  under: STRING_MAP,
  methods: KV_METHODS,
  text: (labels: Dict) => printed(pairsOf(labels)),
};
export const kv = (labels: Labels): Dict => dict(KV, labels);

/** The labels of a rule's instance, which print in plain order. */
export const LABELS: Type = {
  name: "template.Labels",
  kind: "map",
  element: STRING,
  under: STRING_MAP,
  text: (labels: Dict) => printed(labels.keys().map((name) => [name, labels.get(name) as string])),
};
export const ruleLabels = (labels: Labels): Dict => dict(LABELS, labels);
/** The labels of a map whose names pass. */
export const filtered = (labels: Dict, keeps: (name: string) => boolean): Dict => {
  const names = labels.keys().filter(keeps);
  return ruleLabels(Object.fromEntries(names.map((name) => [name, labels.get(name) as string])));
};
