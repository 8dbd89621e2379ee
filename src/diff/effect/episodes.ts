import type { Evaluation } from "../../proof/judge.ts";
import type { State } from "../../proof/states.ts";
import { keyed } from "../order.ts";

/** From a moment (seconds after the first evaluation) to the one at which it is over; without `to`, to the end of the scenario. */
export type Episode = Readonly<{ from: number; to?: number }>;
const told = { Alerting: "fires", Recovering: "fires", Error: "error", NoData: "no data" } as const;
/** What somebody is told of; pending and normal tell nobody. */
export type Kind = (typeof told)[keyof typeof told];
/** What a rule told of its instances: the episodes of each kind, instances by their labels' values. */
export type Told = ReadonlyMap<string, Readonly<{ instance: string; kind: Kind; episodes: readonly Episode[] }>>;

const kindOf = (state: State): Kind | undefined => (Object.hasOwn(told, state) ? told[state as keyof typeof told] : undefined);
/** NoData and Error have an instance of their own, named after the query. */
const nameOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .filter(([name]) => !["datasource_uid", "ref_id"].includes(name))
    .map(([, value]) => value)
    .join("/");

/** The episodes of every instance; an evaluation that says nothing of an instance leaves it as it was. */
export function toldBy(evaluations: readonly Evaluation[]): Told {
  const names = new Map(
    [...keyed([...new Set(evaluations.flatMap(({ said }) => [...said.keys()]))], (key) => nameOf(JSON.parse(key)))].map(([name, key]) => [key, name]),
  );
  const current = new Map<string, Kind | undefined>();
  const found = new Map<string, { instance: string; kind: Kind; episodes: Episode[] }>();
  for (const { at, said } of evaluations)
    for (const [key, { state }] of said) {
      const [before, now, instance] = [current.get(key), kindOf(state), names.get(key)!];
      if (before === now) continue;
      current.set(key, now);
      const episodes = before && found.get(`${before} ${instance}`)?.episodes;
      episodes?.push({ ...episodes.pop()!, to: at });
      if (!now) continue;
      const id = `${now} ${instance}`;
      if (!found.has(id)) found.set(id, { instance, kind: now, episodes: [] });
      found.get(id)!.episodes.push({ from: at });
    }
  return found;
}
