import type { Events } from "../../../view/annotations.ts";
import type { DashboardLink } from "../../../view/dashboard-links.ts";
import type { PanelData } from "../../../view/panel.ts";
import type { ShownVariable } from "../../../view/variables.ts";
import type { ShownRule } from "../alerts/view.ts";

export type Range = Readonly<{ from: number; to: number }>;
export type PanelModel = Readonly<{
  id: number;
  type: string;
  title: string;
  description: string;
  gridPos: Readonly<{ x: number; y: number; w: number; h: number }>;
  options: Readonly<Record<string, unknown>>;
  links: readonly Readonly<{ title: string; url: string; targetBlank: boolean }>[];
  noValue?: string;
}>;
export type DashboardModel = Readonly<{
  title: string;
  description: string;
  time: Readonly<{ from: string; to: string }>;
  refresh: string | false;
  links: readonly DashboardLink[];
  timezone: string;
  graphTooltip: number;
  now: number;
  range: Range;
  panels: readonly PanelModel[];
  variables: readonly ShownVariable[];
}>;
export type Preview = Readonly<{
  now: number;
  name: string;
  notices: readonly string[];
  dashboards: readonly Readonly<{ uid: string; title: string; description: string }>[];
  rules: number;
}>;
export type Alerts = Readonly<{ now: number; range: Range; rules: readonly ShownRule[] }>;

async function ask<T>(path: string, parameters: URLSearchParams, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`${path}?${parameters}`, signal ? { signal } : {});
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `l'aperçu a répondu ${response.status}`);
  return answer;
}

const having = (parameters: URLSearchParams, more: Readonly<Record<string, string>>) => {
  const all = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(more)) all.set(name, value);
  return all;
};

export const preview = (): Promise<Preview> => ask("/api/state", new URLSearchParams());
export const dashboard = (uid: string, parameters: URLSearchParams): Promise<DashboardModel> =>
  ask("/api/dashboard", having(parameters, { uid }));
export const events = (uid: string, parameters: URLSearchParams): Promise<readonly Events[]> =>
  ask("/api/events", having(parameters, { uid }));
export const alerts = (parameters: URLSearchParams): Promise<Alerts> => ask("/api/alerts", parameters);
export const panel = (
  uid: string,
  parameters: URLSearchParams,
  { id, points }: Readonly<{ id: number; points: number }>,
): Promise<PanelData & { range: Range }> =>
  ask("/api/panel", having(parameters, { uid, panel: String(id), points: String(points) }));
