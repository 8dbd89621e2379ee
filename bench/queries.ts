import { type BuiltQuery, builtQueries, stepOver, substitute } from "../tests/support/built.ts";
import { endWithSentence } from "../tests/support/ended.ts";
import { startStack } from "../tests/support/stack.ts";
import { fill } from "./history.ts";
import { naive } from "./naive.ts";
import { median } from "./pipeline/measure.ts";

/**
 * Time and bytes of every generated query on 24 h of runs, beside its careless form and beside merely counting the
 * lines of the same range.
 */
const SIZES = [100_000, 1_000_000];
const REPEATS = 3;
const FLOOR = 'sum(count_over_time({job="kafka-logs"} [RANGE]))';

type Ask = { url: string; tenant: string; at: number; hours: number };
type Cost = { ms: number; bytes: number };

/** Asks as Grafana does: a table or a curve over the range in steps, anything else at its end. */
async function ask(
  { url, tenant, at, hours }: Ask,
  expr: string,
  asked: BuiltQuery["asked"],
  step: number,
): Promise<Cost | string> {
  const range = { start: `${at - hours * 3_600_000}000000`, end: `${at}000000`, step: String(step), limit: "1000" };
  const path =
    asked === "range"
      ? `query_range?${new URLSearchParams({ query: expr, ...range })}`
      : `query?${new URLSearchParams({ query: expr, time: `${at}000000` })}`;
  const from = performance.now();
  const response = await fetch(`${url}/loki/api/v1/${path}`, { headers: { "x-scope-orgid": tenant } });
  const text = await response.text();
  const ms = performance.now() - from;
  return response.ok
    ? { ms, bytes: JSON.parse(text).data.stats.summary.totalBytesProcessed }
    : text.trim().slice(0, 60);
}

/** The median time of several forms of a question, asked in turn so that a busy moment hits all of them. */
async function compare(
  where: Ask,
  forms: readonly string[],
  asked: BuiltQuery["asked"],
  step: number,
  repeats = REPEATS,
): Promise<(Cost | string)[]> {
  const answers: (Cost | string)[][] = forms.map(() => []);
  for (let round = 0; round < repeats; round++)
    for (const [index, form] of forms.entries()) answers[index]!.push(await ask(where, form, asked, step));
  return answers.map((all) => {
    const costs = all.filter((answer) => typeof answer !== "string");
    return costs.length === 0 ? all[0]! : { ms: median(costs.map(({ ms }) => ms)), bytes: costs[0]!.bytes };
  });
}

const cell = (cost: Cost | string, show: (cost: Cost) => string) => (typeof cost === "string" ? "refused" : show(cost));
const ms = (cost: Cost | string) => cell(cost, (measured) => measured.ms.toFixed(0)).padStart(9);
const megabytes = (cost: Cost | string) => cell(cost, ({ bytes }) => (bytes / 1e6).toFixed(1)).padStart(8);
const share = (cost: Cost | string, floor: Cost) =>
  cell(cost, ({ bytes }) => (bytes / floor.bytes).toFixed(2)).padStart(8);

async function table(where: Omit<Ask, "hours">, queries: readonly BuiltQuery[]): Promise<void> {
  console.log(
    `${"query".padEnd(34)} ${"ms".padStart(9)} ${"naive ms".padStart(9)} ${"floor ms".padStart(9)} ${"MB".padStart(8)} ${"naive MB".padStart(8)} ${"÷ floor".padStart(8)} ${"naive".padStart(8)}  ${"24 h ÷ 6 h".padStart(10)}`,
  );
  const slower: string[] = [];
  for (const query of queries) {
    const { where: name, expr, asked } = query;
    const rule = !name.includes("/", name.indexOf("/") + 1);
    const forms = (hours: number) => {
      const ours = substitute(expr, { auto: `${stepOver(query, hours)}s`, range: `${hours}h`, to: where.at });
      const window = /\[(\w+)\]/.exec(ours)?.[1] ?? `${stepOver(query, hours)}s`;
      return [ours, naive(ours), FLOOR.replace("RANGE", window)] as const;
    };
    const kind = expr.startsWith("{") ? "range" : asked;
    const [ours, careless, floor] = (await compare({ ...where, hours: 6 }, forms(6), kind, stepOver(query, 6))) as [
      Cost,
      Cost | string,
      Cost,
    ];
    const longer = rule
      ? undefined
      : ((await compare({ ...where, hours: 24 }, [forms(24)[0]], kind, stepOver(query, 24), 1))[0] as Cost);
    if (typeof careless !== "string" && ours.ms > careless.ms * 1.1 + 5) slower.push(name);
    const growth = longer ? (longer.ms / ours.ms).toFixed(1).padStart(10) : "".padStart(10);
    console.log(
      `${name.padEnd(34)} ${ms(ours)} ${ms(careless)} ${ms(floor)} ${megabytes(ours)} ${megabytes(careless)} ${share(ours, floor)} ${share(careless, floor)}  ${growth}`,
    );
  }
  console.log(
    slower.length === 0
      ? "no query is slower than its naive form (by more than a tenth)"
      : `slower than their naive form: ${slower.join(", ")}`,
  );
}

const { lokiUrl: url, stop } = await startStack(["loki"], { tenants: true }).catch(endWithSentence);
try {
  const at = Date.now();
  const queries = builtQueries().filter(
    ({ asked, where }) => asked !== "values" && (!where.includes("annotation") || where.startsWith("1-")),
  );
  for (const size of SIZES) {
    const tenant = `runs-${size}`;
    await fill(url, tenant, size, 24, at);
    await fill(url, `${tenant}-6h`, size / 4, 6, at);
    await fetch(`${url}/flush`, { method: "POST" });
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    console.log(`\n${size.toLocaleString("en")} runs over 24 h, panels over 6 h, median of ${REPEATS}`);
    await table({ url, tenant, at }, queries);
    const floor = FLOOR.replace("RANGE", "6h");
    const [whole] = await compare({ url, tenant, at, hours: 6 }, [floor], "instant", 60);
    const [recent] = await compare({ url, tenant: `${tenant}-6h`, at, hours: 6 }, [floor], "instant", 60);
    console.log(
      `counting 6 h with 18 h of history before them: ${ms(whole!).trim()} ms, without: ${ms(recent!).trim()} ms`,
    );
  }
} finally {
  await stop();
}
