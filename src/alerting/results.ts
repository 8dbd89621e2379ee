import type { Profile } from "./profile.ts";
import type { JudgedRule } from "./rule.ts";
import { type Labels, labelKey, labelsOf, type Value } from "./values.ts";

/** What one evaluation says of one instance. */
export type Result = Readonly<{ labels: Labels; state: "Normal" | "Alerting" | "NoData" | "Error" }>;

const isEmpty = (values: readonly Value[]) =>
  values.length === 0 || (values.length === 1 && values[0]!.kind === "noData");

/** An instance for each data source: the refIds that gave nothing. */
function withoutData(
  { data }: JudgedRule,
  values: ReadonlyMap<string, readonly Value[]>,
  profile: Profile,
): readonly Result[] {
  const refIds = new Map<string, string[]>();
  for (const { refId, kind, datasourceUid: uid } of data) {
    const counts = kind === "query" || (profile.expressionsHaveNoData && uid !== "-100");
    if (counts && isEmpty(values.get(refId)!)) refIds.set(uid, [...(refIds.get(uid) ?? []), refId].sort());
  }
  return [...refIds].map(([uid, of]) => ({ labels: { datasource_uid: uid, ref_id: of.join(",") }, state: "NoData" }));
}

function resultOf(value: Value): Result {
  const labels = labelsOf(value);
  if (value.kind === "noData") return { labels, state: "NoData" };
  // A series "looks like time series data, only reduced data can be alerted on".
  if (value.kind === "series") return { labels: {}, state: "Error" };
  if (value.value === null) return { labels, state: "NoData" };
  return { labels, state: value.value === 0 ? "Normal" : "Alerting" };
}

/**
 * `NoData` as soon as any refId gave nothing, else a result for each value of the condition: 0 normal, others alerting
 * (NaN too).
 */
export function resultsOf(
  rule: JudgedRule,
  values: ReadonlyMap<string, readonly Value[]>,
  profile: Profile,
): readonly Result[] {
  const missing = withoutData(rule, values, profile);
  if (missing.length > 0) return missing;
  const condition = values.get(rule.condition)!;
  if (condition.length === 0) return [{ labels: {}, state: "NoData" }];
  const results = condition.map(resultOf);
  const keys = results.map(({ labels }) => labelKey(labels));
  const twice = results.find((_, index) => keys.indexOf(keys[index]!) < index);
  return twice ? [{ labels: twice.labels, state: "Error" }] : results;
}

/** The results of an evaluation in which a query failed. */
export const failedResults = (datasourceUid: string, refId: string): readonly Result[] => [
  { labels: { datasource_uid: datasourceUid, ref_id: refId }, state: "Error" },
];
