import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { LEDGER } from "../../../src/core/places.ts";
import { parseLedger } from "../../../src/generator/ledger.ts";
import { readSettings } from "../../../src/stack/settings.ts";
import { dashboards, rules } from "../../support/built.ts";
import { type Answer, ask, rowsOf } from "../../support/grafana.ts";

const { env, ports } = readSettings();
const url = env.GRAFANA_URL?.replace(/\/+$/, "") || `http://127.0.0.1:${ports.grafana}`;
const authorization = `Basic ${Buffer.from(`admin:${env.GRAFANA_ADMIN_PASSWORD}`).toString("base64")}`;

const grafana = async <T>(path: string, body?: object) =>
  (await ask({ url, authorization }, body ? "POST" : "GET", path, body)) as T;

beforeAll(async () => {
  await fetch(`${url}/api/health`).catch((cause) => {
    throw new Error(`no Grafana answers at ${url}: start one with npm start, or set GRAFANA_URL`, { cause });
  });
});

type RuleStates = { data: { groups: { name: string; rules: { health: string; lastError?: string }[] }[] } };

test("all five rules evaluate healthy", async () => {
  const health = async () => {
    const { data } = await grafana<RuleStates>("/api/prometheus/grafana/api/v1/rules");
    return Object.fromEntries(data.groups.map(({ name, rules }) => [name, rules[0]!.lastError || rules[0]!.health]));
  };
  // The slowest rule is evaluated every 5 minutes; "nodata" is the quiet answer of a rule without runs.
  await expect
    .poll(health, { timeout: 400_000, interval: 5000 })
    .toEqual(Object.fromEntries(rules.map(({ labels }) => [labels.rule, expect.stringMatching(/^(ok|nodata)$/)])));
});

type Alive = readonly { uid: string; name: string }[];
test("everything that is generated lives there, and nothing that was retired", async () => {
  const places = [
    ["dashboard", "uid", "search?type=dash-db"],
    ["contact point", "uid", "v1/provisioning/contact-points"],
    ["template", "name", "v1/provisioning/templates"],
    ["data source", "name", "datasources"],
    ["rule", "uid", "v1/provisioning/alert-rules"],
  ] as const;
  const alive = new Set<string>();
  for (const [kind, id, path] of places)
    for (const one of await grafana<Alive>(`/api/${path}`)) alive.add(`${kind} ${one[id]}`);
  const ledger = parseLedger(readFileSync(LEDGER, "utf8"), LEDGER);
  const wrong = ledger.filter(({ status, kind, uid }) => alive.has(`${kind} ${uid}`) !== (status === "active"));
  expect(wrong).toEqual([]);
});

const panels = dashboards.flatMap(({ uid, panels }) =>
  panels.map((panel) => ({ uid, panel, name: `${uid}/${panel.id} ${panel.title}` })),
);

test.each(panels)("$name is stored as it was generated, and its queries return data", async ({ uid, panel }) => {
  const { dashboard } = await grafana<{
    dashboard: { panels: { id: number; targets: { refId: string; expr: string }[] }[] };
  }>(`/api/dashboards/uid/${uid}`);
  const stored = dashboard.panels.find(({ id }) => id === panel.id)!;
  expect(stored.targets.map(({ expr }) => expr)).toEqual(panel.targets.map(({ expr }) => expr));
  const chosen = (expr: string) =>
    expr
      .replace(/\$\{recherche:regex\}/g, "")
      .replace(/"\$(entreprise|zone|source|etat)"/g, '".*"')
      .replace(/\$\{__to\}/g, String(Date.now()));
  const queries = stored.targets.map((target) => ({
    ...target,
    expr: chosen(target.expr),
    intervalMs: 300_000,
    maxDataPoints: 1000,
  }));
  const { results } = await grafana<{ results: Record<string, Answer> }>("/api/ds/query", {
    from: "now-6h",
    to: "now",
    queries,
  });
  const rows = queries.map(({ refId }) => (results[refId] ? rowsOf(results[refId]) : `no answer for ${refId}`));
  // The sample holds no repair: the MTTR panel says "aucun rétablissement".
  for (const count of rows)
    expect(count).toEqual(
      panel.title === "MTTR" ? 0 : expect.toSatisfy((value: unknown) => typeof value === "number" && value > 0),
    );
});

test("a scratch query with a mistake is reported, so that the tests above can fail", async () => {
  const queries = [
    { refId: "A", datasource: { type: "loki", uid: "Loki" }, queryType: "instant", expr: "count_over_time({job=" },
  ];
  await expect(grafana("/api/ds/query", { from: "now-1h", to: "now", queries })).rejects.toThrow(/400/);
});
