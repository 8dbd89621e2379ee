import { type Answer, done, notFound, Refusal, text } from "./answer.ts";
import { indexStats, indexVolume, labelNames, labelValues, series } from "./catalogue.ts";
import type { Keeper } from "./keeper.ts";
import type { StoreMetrics } from "./metrics.ts";
import { push } from "./push.ts";
import { readPush } from "./push-body.ts";
import { type Asked, formatQuery, instantQuery, rangeQuery } from "./queries.ts";
import type { Asking } from "./request.ts";

export type Site = Readonly<{ keeper: Keeper; metrics: StoreMetrics; tenants: boolean; now: () => number }>;

const buildInfo = { version: "", revision: "", branch: "", buildUser: "", buildDate: "", goVersion: "" };
const api = "/loki/api/v1/";

const answers: Readonly<Record<string, (asked: Asked) => Answer>> = {
  query: instantQuery,
  query_range: rangeQuery,
  labels: labelNames,
  label: labelNames,
  series,
  "index/stats": indexStats,
  "index/volume": indexVolume,
  // Loki's guesses about lines, which Grafana does without.
  detected_fields: () => text(404, ""),
  patterns: () => text(404, ""),
};

/** Answers a request as Loki would. */
export async function answer(asking: Asking, site: Site): Promise<Answer> {
  const { method, path, parameters, headers } = asking;
  const { keeper, metrics, now } = site;
  if (path === "/ready") return text(200, "ready\n");
  if (path === "/metrics")
    return { status: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() };
  if (path === "/flush") return method === "GET" || method === "POST" ? done : notFound;
  if (!path.startsWith(api)) return notFound;
  const name = path.slice(api.length);
  if (name === "status/buildinfo")
    return { status: 200, type: "application/json", body: `${JSON.stringify(buildInfo)}\n` };
  if (name === "format_query") return formatQuery(parameters);
  const tenant = tenantOf(headers.tenant, site);
  if (name === "push") {
    if (method !== "POST") return text(405, "");
    return push(await readPush({ ...asking, ...headers }, keeper.holdings.origin), { tenant, keeper, metrics, now });
  }
  const asked: Asked = {
    parameters,
    streams: keeper.holdings.streamsOf(tenant),
    now: BigInt(now()) * 1_000_000n,
    categorize: headers.categorize,
  };
  const [, label] = /^label\/(\w+)\/values$/.exec(name) ?? [];
  if (label !== undefined) return labelValues(asked, label);
  return Object.hasOwn(answers, name) ? answers[name]!(asked) : notFound;
}

/** Loki's name for who does not say who they are. */
const nobody = "fake";

function tenantOf(given: string, { tenants }: Site): string {
  if (given !== "") return given;
  if (tenants) throw new Refusal("no org id", 401);
  return nobody;
}
