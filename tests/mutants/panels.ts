import { isDeepStrictEqual } from "node:util";
import { push } from "../../src/proof/loki.ts";
import { builtQueries, substitute } from "../support/built.ts";
import { chosen, type Dataset, datasets } from "./datasets.ts";
import { queryMutants } from "./mutate.ts";

const HOUR = 3_600_000;
type Answer = Readonly<Record<string, number>> | readonly string[] | string;
type Found = { data: { result: { metric: Record<string, string>; value: [number, string]; stream: Record<string, string>; values: [string, string][] }[] } };
const rounded = (value: number) => Number(value.toPrecision(9));

async function ask(url: string, { name, search }: Dataset, expr: string, at: number): Promise<Answer> {
  const query = substitute(expr, { auto: "1h", range: "1h", to: at, search, variables: chosen });
  const isLogs = query.startsWith("{");
  const moment: Record<string, string> = isLogs ? { start: `${at - HOUR}000000`, end: `${at}000000`, limit: "5000" } : { time: `${at}000000` };
  const path = `/loki/api/v1/${isLogs ? "query_range" : "query"}?${new URLSearchParams({ query, ...moment })}`;
  const response = await fetch(`${url}${path}`, { headers: { "x-scope-orgid": `panels ${name}`.replace(/ /g, "-") } });
  if (!response.ok) return `refused: ${response.status}`;
  const { result } = ((await response.json()) as Found).data;
  if (isLogs) return result.flatMap(({ stream, values }) => values.map(([time]) => `${stream.etat} ${(at - Number(BigInt(time) / 1_000_000n)) / 1000}`)).sort();
  return Object.fromEntries(result.map(({ metric, value }) => [Object.values(metric).join("/"), rounded(Number(value[1]))]));
}

const asAnswer = (golden: Dataset["golden"][string]): Answer =>
  Array.isArray(golden) ? [...golden].sort() : Object.fromEntries(Object.entries(golden).map(([key, value]) => [key, rounded(value)]));

/** The mutants of every panel query that no dataset's golden value notices; refuses a query whose value is wrong unmutated. */
export async function* panelSurvivors(url: string): AsyncGenerator<{ where: string; total: number; survivors: string[] }> {
  const at = Math.floor(Date.now() / 1000) * 1000;
  const held = datasets(at);
  for (const { name, streams } of held) await push({ url, tenant: `panels ${name}`.replace(/ /g, "-") }, streams);
  const ofPanels = builtQueries().filter(
    ({ where, asked }) => asked !== "values" && (/\/.*\//.test(where) || where === "1-ingestion-health/annotation Échecs"),
  );
  for (const { where, expr } of ofPanels) {
    const known = held.flatMap((dataset) => (where in dataset.golden ? [{ dataset, golden: asAnswer(dataset.golden[where]!) }] : []));
    if (known.length === 0) throw new Error(`${where} has no golden value in any dataset`);
    for (const { dataset, golden } of known) {
      const answer = await ask(url, dataset, expr, at);
      if (!isDeepStrictEqual(answer, golden))
        throw new Error(`${where} on "${dataset.name}" gives ${JSON.stringify(answer)}, not ${JSON.stringify(golden)}, without any mutation`);
    }
    const mutants = queryMutants(expr);
    const survivors: string[] = [];
    for (const { change, mutated } of mutants) {
      let killed = false;
      for (const { dataset, golden } of known) killed ||= !isDeepStrictEqual(await ask(url, dataset, mutated, at), golden);
      if (!killed) survivors.push(change);
    }
    yield { where, total: mutants.length, survivors };
  }
}
