import type { Case } from "../../src/alerting/case.ts";
import { inOrder, type Timeline } from "../../src/alerting/verdict.ts";

/** A reachable Grafana, with the address at which it reaches the scenarios' Loki. */
export type Grafana = Readonly<{ url: string; authorization: string; lokiUrl: string }>;

/**
 * The Grafana of the environment: `GRAFANA_URL` (user and password in it, or a token in `GRAFANA_TOKEN`);
 * `PROOF_LOKI_URL` where Grafana reaches Loki elsewhere than this process.
 */
export function grafanaFrom(env: NodeJS.ProcessEnv, lokiUrl: string): Grafana | undefined {
  if (!env.GRAFANA_URL) return undefined;
  const { username, password, origin, pathname } = new URL(env.GRAFANA_URL);
  const basic = `Basic ${Buffer.from(`${decodeURIComponent(username || "admin")}:${decodeURIComponent(password || "admin")}`).toString("base64")}`;
  return {
    url: `${origin}${pathname.replace(/\/+$/, "")}`,
    authorization: env.GRAFANA_TOKEN ? `Bearer ${env.GRAFANA_TOKEN}` : basic,
    lokiUrl: env.PROOF_LOKI_URL || lokiUrl,
  };
}

/** Asks Grafana's API. */
export async function ask(
  { url, authorization }: Omit<Grafana, "lokiUrl">,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization, "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Grafana answered ${response.status} to ${method} ${path}: ${text}`);
  return JSON.parse(text);
}

/** The profile that a Grafana's version asks for. */
export async function versionOf(grafana: Grafana): Promise<"9.4" | "12.4"> {
  const { version } = (await ask(grafana, "GET", "/api/health")) as { version: string };
  return Number.parseInt(version, 10) < 10 ? "9.4" : "12.4";
}

type Frame = { schema: { fields: { labels?: Record<string, string> }[] }; data: { values: (string | null)[][] } };

/**
 * Grafana's own timeline of a rule over a tenant whose `t0` is at `start`: its back-test endpoint (feature toggle
 * `alertingBacktesting`), on a data source made for it.
 */
export async function backtest(
  grafana: Grafana,
  { rule, from, to, interval }: Case,
  tenant: string,
  start: number,
): Promise<readonly Timeline[]> {
  const { datasource } = (await ask(grafana, "POST", "/api/datasources", {
    name: tenant,
    type: "loki",
    access: "proxy",
    url: grafana.lokiUrl,
    jsonData: { httpHeaderName1: "X-Scope-OrgID", manageAlerts: false },
    secureJsonData: { httpHeaderValue1: tenant },
  })) as { datasource: { uid: string } };
  try {
    const moment = (seconds: number) => new Date((start + seconds) * 1000).toISOString();
    const { schema, data } = (await ask(grafana, "POST", "/api/v1/rule/backtest", {
      from: moment(from),
      to: moment(to),
      interval: `${interval}s`,
      title: tenant,
      condition: rule.condition,
      data: rule.data.map((datum) => (datum.kind === "query" ? { ...datum, datasourceUid: datasource.uid } : datum)),
      for: String(rule.for),
      no_data_state: rule.noDataState,
    })) as Frame;
    return inOrder(
      schema.fields.slice(1).map(({ labels = {} }, index) => ({
        labels: labels.datasource_uid === datasource.uid ? { ...labels, datasource_uid: "Loki" } : labels,
        changes: data.values[index + 1]!.map((state, evaluation) => [from + evaluation * interval, state] as const),
      })),
    );
  } finally {
    await ask(grafana, "DELETE", `/api/datasources/uid/${datasource.uid}`);
  }
}

/** One answer of `/api/ds/query`; Grafana gives an empty result with `frames` missing or null. */
export type Answer = Readonly<{
  error?: string;
  frames?: readonly { data: { values: readonly (readonly unknown[])[] } }[] | null;
}>;

/** How many rows an answer holds, or its error. */
export const rowsOf = ({ error, frames }: Answer): number | string =>
  error ?? (frames ?? []).reduce((total, { data }) => total + (data.values[0]?.length ?? 0), 0);
