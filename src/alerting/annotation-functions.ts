import { collected } from "../core/kept.ts";
import { CallError } from "../logql/template/errors.ts";
import { regexp } from "../logql/template/functions/regexp.ts";
import { title } from "../logql/template/functions/texts.ts";
import { goQuote } from "../logql/template/parse/quote.ts";
import { escapeQuery } from "../logql/template/run/escape.ts";
import { type Functions, fn, ofText, variadic } from "../logql/template/run/run.ts";
import { ANY, type Dict, dict, list, MAP, STRING, type Type, type Value } from "../logql/template/value.ts";
import { parsePrometheusDuration } from "../logql/units.ts";
import { COMMON } from "./common-functions.ts";
import { humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp, timeOf } from "./humanize.ts";
import { filtered, LABELS, ruleLabels } from "./labels.ts";
import { valuesOf } from "./rule-values.ts";

const number = (body: (value: Value) => Value) => fn([ANY], body);
const overLabels = (keeps: (name: string, wanted: string) => boolean) =>
  fn([LABELS, STRING], (labels: Dict, wanted: string) => filtered(labels, (name) => keeps(name, wanted)));

const exploreLink = (text: string, kind: "instant" | "range"): string => {
  const { expr, datasource } = readQuery(text);
  if (expr === undefined || datasource === undefined) return "";
  const source = JSON.stringify(escapeQuery(datasource));
  const query = `{"datasource":${source},"expr":${JSON.stringify(escapeQuery(expr))},"instant":${kind === "instant"},"range":${kind === "range"},"refId":"A"}`;
  return `/explore?left={"datasource":${source},"queries":[${query}],"range":{"from":"now-1h","to":"now"}}`;
};
type Query = { readonly expr?: string; readonly datasource?: string };
const readQuery = (text: string): Query => {
  try {
    return { expr: "", datasource: "", ...(JSON.parse(text) as Query) };
  } catch {
    return {};
  }
};

/** `[::1]:80` or `a:80` without the port; a text of another form as it is. */
const stripPort = (text: string): string =>
  /^(?:\[([^\]]*)\]|([^:[\]]*)):[^:]*$/
    .exec(text)
    ?.slice(1)
    .find((host) => host !== undefined) ?? text;
const stripDomain = (text: string): string => {
  const port = /:[^:]*$/.exec(text)?.[0] ?? "";
  const host = stripPort(text);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(":")) return text;
  return host.split(".")[0]! + (host === text ? "" : port);
};

/** The labels of all values; where these differ, their values in one text. */
const mergeLabels = (values: Dict): Dict => {
  const merged = collected<string, Set<string>>();
  for (const { labels } of valuesOf(values))
    for (const [name, value] of Object.entries(labels)) merged.of(name, () => new Set()).add(value);
  return ruleLabels(Object.fromEntries(Array.from(merged.all, ([name, all]) => [name, [...all].sort().join(", ")])));
};

/** What a query inside an annotation gives: nothing, as Grafana asks no data source for it. */
const SAMPLES: Type = { name: "template.queryResult", kind: "slice" };

const pathOf = (address: string): string => {
  try {
    return new URL(address).pathname;
  } catch {
    return "";
  }
};

/** The seconds of a duration as Prometheus writes it: 1d12h. */
const parseDuration = (text: string): number => {
  if (text === "") throw new CallError("empty duration string");
  const nanoseconds = parsePrometheusDuration(text);
  if (nanoseconds === undefined) throw new CallError(`not a valid duration string: ${goQuote(text)}`);
  return nanoseconds / 1e9;
};

/** The functions of a rule's annotations: Prometheus' own and Grafana's over labels. */
export const annotationFunctions = (externalURL: string, exec: (name: string, data: Value) => string): Functions => ({
  ...COMMON,
  args: variadic([ANY], (values: readonly Value[]) =>
    dict(MAP, Object.fromEntries(values.map((value, index) => [`arg${index}`, value]))),
  ),
  tmpl: fn([STRING, ANY], exec),
  query: ofText(() => list(SAMPLES, [])),
  first: fn([SAMPLES], () => {
    throw new CallError("first() called on vector with no elements");
  }),
  sortByLabel: fn([STRING, SAMPLES], (_label: string, samples: Value) => samples),
  externalURL: fn([], () => externalURL),
  pathPrefix: fn([], () => pathOf(externalURL)),
  graphLink: ofText((text) => exploreLink(text, "range")),
  tableLink: ofText((text) => exploreLink(text, "instant")),
  humanize: number(humanize),
  humanize1024: number(humanize1024),
  humanizeDuration: number(humanizeDuration),
  humanizePercentage: number(humanizePercentage),
  humanizeTimestamp: number(humanizeTimestamp),
  toTime: number(timeOf),
  parseDuration: ofText(parseDuration),
  title: ofText(title),
  urlQueryEscape: ofText(escapeQuery),
  stripPort: ofText(stripPort),
  stripDomain: ofText(stripDomain),
  mergeLabelValues: fn([ANY], mergeLabels),
  filterLabels: overLabels((name, wanted) => name === wanted),
  filterLabelsRe: overLabels((name, pattern) => regexp(pattern).matcher(name).find()),
  removeLabels: overLabels((name, wanted) => name !== wanted),
  removeLabelsRe: overLabels((name, pattern) => !regexp(pattern).matcher(name).find()),
});
