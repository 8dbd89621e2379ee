import { collected } from "../../core/kept.ts";
import { byText } from "../../core/order.ts";
import type { Grouping, VectorAggregation } from "../ast.ts";
import type { GroupFunction } from "../names.ts";
import { keyOf, type Labels, printLabels } from "./labels.ts";
import { emptySeries, put, type Series } from "./series.ts";

/** The labels that a grouping leaves of a series. */
function groupOf(labels: Labels, grouping: Grouping | undefined): Labels {
  const result: Record<string, string> = {};
  if (grouping?.kind === "without") {
    for (const name in labels) if (labels[name] !== "" && !grouping.labels.includes(name)) result[name] = labels[name]!;
  } else for (const name of grouping?.labels ?? []) if (Object.hasOwn(labels, name)) result[name] = labels[name]!;
  return result;
}

type Group = { sum: number; mean: number; squares: number; count: number; max: number; min: number };

/** What each aggregation of a group makes of its values. */
const groupFunctions: Readonly<Record<GroupFunction, (group: Group) => number>> = {
  sum: ({ sum }) => sum,
  avg: ({ mean }) => mean,
  max: ({ max }) => max,
  min: ({ min }) => min,
  count: ({ count }) => count,
  stdvar: ({ squares, count }) => squares / count,
  stddev: ({ squares, count }) => Math.sqrt(squares / count),
};

const first = (value: number): Group => ({ sum: value, mean: value, squares: 0, count: 1, max: value, min: value });

function add(group: Group, value: number): void {
  group.count += 1;
  group.sum += value;
  const delta = value - group.mean;
  group.mean += delta / group.count;
  group.squares += delta * (value - group.mean);
  if (group.max < value || Number.isNaN(group.max)) group.max = value;
  if (group.min > value || Number.isNaN(group.min)) group.min = value;
}

/** An aggregation over series, at each moment by itself. */
export function vectorAggregation(
  { fn, param, grouping }: VectorAggregation,
  { series, moments }: Readonly<{ series: readonly Series[]; moments: number }>,
): readonly Series[] {
  if (fn === "sort" || fn === "sort_desc") return sorted(series, fn === "sort" ? 1 : -1);
  if (fn === "topk" || fn === "bottomk")
    return ranked(series, { grouping, most: param!, order: fn === "topk" ? -1 : 1, moments });
  const result = groupFunctions[fn];
  const groups = collected<string, { labels: Labels; at: (Group | undefined)[] }>();
  for (const { labels, values, has } of series) {
    const mine = groupOf(labels, grouping);
    const group = groups.of(keyOf(mine), () => ({ labels: mine, at: [] }));
    for (let moment = 0; moment < moments; moment++) {
      if (!has[moment]) continue;
      const here = group.at[moment];
      if (here) add(here, values[moment]!);
      else group.at[moment] = first(values[moment]!);
    }
  }
  return [...groups.all.values()].map(({ labels, at }) => {
    const made = emptySeries(labels, moments);
    for (const [moment, group] of at.entries()) if (group) put(made, moment, result(group));
    return made;
  });
}

const compareValues = (a: number, b: number, order: number) =>
  Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || order * (a - b) || 0;

/** Series in the order of their first values, of equal ones by label text. */
function sorted(series: readonly Series[], order: number): readonly Series[] {
  return [...series].sort(
    (a, b) => compareValues(a.values[0]!, b.values[0]!, order) || byText(printLabels(a.labels), printLabels(b.labels)),
  );
}

type Ranking = Readonly<{ grouping: Grouping | undefined; most: number; order: number; moments: number }>;
/** The series with the largest or smallest values of each group, at each moment by itself. */
function ranked(series: readonly Series[], { grouping, most, order, moments }: Ranking): readonly Series[] {
  const groups = collected<string, Series[]>();
  for (const one of series) groups.of(keyOf(groupOf(one.labels, grouping)), () => []).push(one);
  const kept = new Map(series.map((one) => [one, emptySeries(one.labels, moments)]));
  const text = new Map(series.map((one) => [one, printLabels(one.labels)]));
  for (let moment = 0; moment < moments; moment++)
    for (const members of groups.all.values()) {
      const here = members.filter(({ has }) => has[moment]);
      here.sort(
        (a, b) => compareValues(a.values[moment]!, b.values[moment]!, order) || byText(text.get(a)!, text.get(b)!),
      );
      for (const one of here.slice(0, most)) put(kept.get(one)!, moment, one.values[moment]!);
    }
  return [...kept.values()].filter(({ has }) => has.includes(1));
}
