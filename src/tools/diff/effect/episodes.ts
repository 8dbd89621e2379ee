import type { Evaluation } from "../../../alerting/judge.ts";
import type { State } from "../../../alerting/states.ts";
import type { Labels } from "../../../alerting/values.ts";

/** From a moment (seconds after the first evaluation) to its end; without `to`, to the end of the scenario. */
export type Episode = Readonly<{ from: number; to?: number }>;
const KINDS = { Alerting: "fires", Recovering: "fires", Error: "error", NoData: "no data" } as const;
/** What somebody is told of; pending and normal tell nobody. */
export type Kind = (typeof KINDS)[keyof typeof KINDS];
/** What a rule told of its instances, by their labels and the kind: each with its episodes. */
export type InstanceEpisodes = ReadonlyMap<
  string,
  Readonly<{ instance: string; kind: Kind; episodes: readonly Episode[] }>
>;

const kindOf = (state: State): Kind | undefined =>
  Object.hasOwn(KINDS, state) ? KINDS[state as keyof typeof KINDS] : undefined;
/** The values of an instance's labels; empty where there are none, and for a query without data or with an error. */
const nameOf = (labels: Labels): string => (labels.datasource_uid === undefined ? Object.values(labels).join("/") : "");

/** The episodes of every instance; an evaluation that says nothing of an instance leaves it as it was. */
export function episodesOf(evaluations: readonly Evaluation[]): InstanceEpisodes {
  const current = new Map<string, Kind | undefined>();
  const found = new Map<string, { instance: string; kind: Kind; episodes: Episode[] }>();
  for (const { at, states } of evaluations)
    for (const [key, { state, labels }] of states) {
      const [before, now] = [current.get(key), kindOf(state)];
      if (before === now) continue;
      current.set(key, now);
      const over = before && found.get(`${before} ${key}`)?.episodes;
      over?.push({ ...over.pop()!, to: at });
      if (!now) continue;
      const id = `${now} ${key}`;
      if (!found.has(id)) found.set(id, { instance: nameOf(labels), kind: now, episodes: [] });
      found.get(id)!.episodes.push({ from: at });
    }
  return found;
}
