import { isDeepStrictEqual } from "node:util";
import { push } from "../../src/proof/loki.ts";
import { builtQueries, substitute } from "../support/built.ts";
import { chosen, type Dataset, datasets } from "./datasets.ts";
import { queryMutants } from "./mutate.ts";

const HOUR = 3_600_000;
type Answer = Record<string, number> | string;
type Found = { data: { result: { metric: Record<string, string>; value: [number, string]; stream: Record<string, string>; values: unknown[] }[] } };
const rounded = (value: number) => Number(value.toPrecision(9));

async function ask(url: string, { name, search }: Dataset, expr: string, at: number): Promise<Answer> {
  const query = substitute(expr, { auto: "1h", range: "1h", to: at, search, variables: chosen });
  const isLogs = query.startsWith("{");
  const moment: Record<string, string> = isLogs ? { start: `${at - HOUR}000000`, end: `${at}000000`, limit: "5000" } : { time: `${at}000000` };
  const path = `/loki/api/v1/${isLogs ? "query_range" : "query"}?${new URLSearchParams({ query, ...moment })}`;
  const response = await fetch(`${url}${path}`, { headers: { "x-scope-orgid": `panels ${name}`.replace(/ /g, "-") } });
  if (!response.ok) return `refused: ${response.status}`;
  const { result } = ((await response.json()) as Found).data;
  if (isLogs) return JSON.stringify(result.map(({ stream, values }) => [Object.entries(stream).sort(), values]).sort());
  return Object.fromEntries(result.map(({ metric, value }) => [Object.values(metric).join("/"), rounded(Number(value[1]))]));
}

/** The mutants of every panel query that no dataset's golden value notices; refuses a query whose value is wrong unmutated. */
export async function* panelSurvivors(url: string): AsyncGenerator<{ where: string; total: number; survivors: string[] }> {
  const at = Math.floor(Date.now() / 1000) * 1000;
  const held = datasets(at);
  for (const { name, streams } of held) await push({ url, tenant: `panels ${name}`.replace(/ /g, "-") }, streams);
  const ofPanels = builtQueries().filter(
    ({ where, asked }) => asked !== "values" && (/\/.*\//.test(where) || where.startsWith("1-ingestion-health/annotation")),
  );
  for (const { where, expr } of ofPanels) {
    const unmutated = new Map<Dataset, Answer>();
    for (const dataset of held) {
      const answer = await ask(url, dataset, expr, at);
      const golden = dataset.golden[where];
      const wanted = golden && Object.fromEntries(Object.entries(golden).map(([key, value]) => [key, rounded(value)]));
      if (wanted && !isDeepStrictEqual(answer, wanted))
        throw new Error(`${where} on "${dataset.name}" gives ${JSON.stringify(answer)}, not ${JSON.stringify(wanted)}, without any mutation`);
      unmutated.set(dataset, answer);
    }
    const mutants = queryMutants(expr);
    const survivors: string[] = [];
    for (const { change, mutated } of mutants) {
      let killed = false;
      for (const dataset of held) killed ||= !isDeepStrictEqual(await ask(url, dataset, mutated, at), unmutated.get(dataset));
      if (!killed) survivors.push(change);
    }
    yield { where, total: mutants.length, survivors };
  }
}
