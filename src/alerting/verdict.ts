import { sortedBy } from "../core/order.ts";
import { sortedLabels } from "../logql/evaluate/labels.ts";
import type { Evaluation } from "./judge.ts";
import { type Instances, printState } from "./states.ts";
import { type Labels, labelKey } from "./values.ts";

/** The moments at which the answer for one instance changed; `null` is an evaluation that said nothing of it. */
export type Timeline = Readonly<{ labels: Labels; changes: readonly (readonly [at: number, state: string | null])[] }>;

const changesOf = (states: Timeline["changes"]) =>
  states.filter(([, state], index) => index === 0 || states[index - 1]![1] !== state);

/** Timelines with their changes only, in the order of their labels. */
export const inOrder = (timelines: readonly Timeline[]): readonly Timeline[] =>
  sortedBy(
    timelines.map(({ labels, changes }) => ({ labels: sortedLabels(labels), changes: changesOf(changes) })),
    ({ labels }) => labelKey(labels),
  );

/** The timeline of every instance; the rule's own labels are left out. */
export function verdictOf(evaluations: readonly Evaluation[]): readonly Timeline[] {
  const instances = new Map(evaluations.flatMap(({ states }) => [...states]));
  const stateOf = (states: Instances, key: string) => (states.has(key) ? printState(states.get(key)!) : null);
  const timelines = [...instances].map(([key, { labels }]) => ({
    labels,
    changes: evaluations.map(({ at, states }) => [at, stateOf(states, key)] as const),
  }));
  return inOrder(timelines);
}
