import { isDeepStrictEqual } from "node:util";
import type { Store } from "../../src/alerting/store.ts";
import { UserError } from "../../src/core/errors.ts";
import { type BuiltQuery, builtQueries } from "../support/built.ts";
import { askBuilt, hold, type Line } from "../support/stores.ts";
import { chosen, type Dataset, datasets } from "./datasets.ts";
import { queryMutants } from "./mutate.ts";

type Answer = Readonly<Record<string, number>> | readonly string[] | string;
const rounded = (value: number) => Number(value.toPrecision(9));

/** What a query says of a dataset: numbers, lines as `state secondsAgo`, or that it is refused. */
async function ask(store: Store, { search }: Dataset, query: BuiltQuery, at: number): Promise<Answer> {
  try {
    const found = await askBuilt(store, query, { at, auto: "1h", search, variables: chosen });
    if (Array.isArray(found))
      return (found as Line[])
        .map(({ labels, time }) => `${labels.etat} ${(at - Number(time / 1_000_000n)) / 1000}`)
        .sort();
    return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, rounded(value)]));
  } catch (error) {
    if (error instanceof UserError) return `refused: ${error.message}`;
    throw error;
  }
}

const asAnswer = (golden: Dataset["golden"][string]): Answer =>
  Array.isArray(golden)
    ? [...golden].sort()
    : Object.fromEntries(Object.entries(golden).map(([key, value]) => [key, rounded(value)]));

/**
 * The mutants of every panel query that no dataset's golden value notices; refuses a query whose value is wrong
 * unmutated.
 */
export async function* panelSurvivors(): AsyncGenerator<{ where: string; total: number; survivors: string[] }> {
  const at = Date.UTC(2026, 10, 20, 12);
  const held = await Promise.all(
    datasets(at).map(async (dataset) => ({ ...dataset, store: await hold(dataset.streams) })),
  );
  const ofPanels = builtQueries().filter(
    ({ where, asked }) =>
      asked !== "values" && (/\/.*\//.test(where) || where === "1-ingestion-health/annotation Échecs"),
  );
  for (const query of ofPanels) {
    const { where, expr } = query;
    const goldens = held.flatMap((dataset) =>
      where in dataset.golden ? [{ dataset, golden: asAnswer(dataset.golden[where]!) }] : [],
    );
    if (goldens.length === 0) throw new Error(`${where} has no golden value in any dataset`);
    for (const { dataset, golden } of goldens) {
      const answer = await ask(dataset.store, dataset, query, at);
      if (!isDeepStrictEqual(answer, golden))
        throw new Error(
          `${where} on "${dataset.name}" gives ${JSON.stringify(answer)}, not ${JSON.stringify(golden)}, without any mutation`,
        );
    }
    const mutants = queryMutants(expr);
    const survivors: string[] = [];
    for (const { change, mutated } of mutants) {
      let killed = false;
      for (const { dataset, golden } of goldens)
        killed ||= !isDeepStrictEqual(await ask(dataset.store, dataset, { ...query, expr: mutated }, at), golden);
      if (!killed) survivors.push(change);
    }
    yield { where, total: mutants.length, survivors };
  }
}
