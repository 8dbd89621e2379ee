import { parseDuration } from "../core/durations.ts";
import { collected } from "../core/kept.ts";
import { DAY_S } from "../core/spans.ts";
import { evaluationsOf } from "./evaluations.ts";
import { PINNED, profileOf } from "./profile.ts";
import type { Rule } from "./provisioned.ts";
import type { State } from "./states.ts";
import type { Store } from "./store.ts";
import { type Labels, labelKey } from "./values.ts";

type Line = {
  labels: Labels;
  states: (State | undefined)[];
  since: (number | undefined)[];
  values: Record<string, (number | null)[]>;
};
type Fixed<T> = T extends object ? { readonly [Name in keyof T]: Fixed<T[Name]> } : T;
/** One instance at every evaluation: its state (none where not spoken of), since when, and the value of each refId. */
export type InstanceLine = Fixed<Line>;
/** What a rule said at its evaluations: their moments (seconds since 1970), and its instances. */
export type RuleLine = Readonly<{ moments: readonly number[]; instances: readonly InstanceLine[] }>;

/** The version that the stack runs. */
const profile = profileOf(PINNED);
/** How long (s) before a range a rule is evaluated, so that its states at the start are right. */
export const BEFORE = DAY_S;

/** What is judged of a rule, and how often. */
export type Judgeable = Pick<Rule, "judged" | "interval">;
/** Every evaluation of a rule from one moment to another (seconds since 1970), as Grafana would make them. */
export async function ruleLine(
  { judged, interval }: Judgeable,
  store: Store,
  { start, to }: Readonly<{ start: number; to: number }>,
): Promise<RuleLine> {
  const every = parseDuration(interval);
  const first = Math.ceil(start / every) * every;
  const count = Math.max(0, Math.floor((to - first) / every) + 1);
  const lines = collected<string, Line>();
  const lineOf = (labels: Labels): Line =>
    lines.of(labelKey(labels), () => ({ labels, states: new Array(count), since: new Array(count), values: {} }));
  const moments = { from: first, interval: every, count };
  for (const { index, states, values } of await evaluationsOf(judged, store, { moments, profile })) {
    for (const { labels, state, since } of states.values()) {
      const line = lineOf(labels);
      line.states[index] = state;
      line.since[index] = since;
    }
    for (const [refId, all] of values)
      for (const value of all) {
        if (value.kind === "noData" || value.kind === "series") continue;
        const own = value.kind === "scalar" ? [...lines.all.values()] : [lines.all.get(labelKey(value.labels))];
        for (const line of own) {
          if (!line) continue;
          line.values[refId] ??= new Array(count).fill(null);
          line.values[refId][index] = value.value;
        }
      }
  }
  return {
    moments: Array.from({ length: count }, (_, index) => first + index * every),
    instances: [...lines.all.values()],
  };
}
