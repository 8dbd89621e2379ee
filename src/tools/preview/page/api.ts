import type { PanelData } from "../../../view/panel.ts";
import type { TimeRange as Range } from "../../../view/times.ts";
import type { Alerts } from "../alerts/alerts.ts";
import type { DashboardModel, PanelModel, Preview } from "../answers.ts";

export type { Alerts, DashboardModel, PanelModel, Preview, Range };

async function response(path: string, parameters: URLSearchParams): Promise<Response> {
  const found = await fetch(`${path}?${parameters}`);
  if (found.ok) return found;
  const { error } = (await found.json()) as { error?: string };
  throw new Error(error ?? `l'aperçu a répondu ${found.status}`);
}
const ask = async <T>(path: string, parameters: URLSearchParams): Promise<T> =>
  (await response(path, parameters)).json() as T;

/** What the document brought; each part of it answers once. */
const first: { state?: Preview; dashboard?: DashboardModel } = JSON.parse(
  document.getElementById("premier")!.textContent,
);
function brought<K extends keyof typeof first>(part: K): (typeof first)[K] {
  const found = first[part];
  delete first[part];
  return found;
}

const having = (parameters: URLSearchParams, ...more: readonly [name: string, value: string][]) =>
  new URLSearchParams([...parameters, ...more]);

export const preview = async (): Promise<Preview> => brought("state") ?? ask("/api/state", new URLSearchParams());
export const dashboard = async (uid: string, parameters: URLSearchParams): Promise<DashboardModel> =>
  brought("dashboard") ?? ask("/api/dashboard", having(parameters, ["uid", uid]));
export const alerts = (parameters: URLSearchParams): Promise<Alerts> => ask("/api/alerts", parameters);

type Answered = PanelData & Readonly<{ id: number; range: Range }>;
/** The data of panels (`ID:POINTS` each), as they come: those that come together are one list. */
export async function* panels(
  uid: string,
  { parameters, wanted }: Readonly<{ parameters: URLSearchParams; wanted: readonly string[] }>,
): AsyncGenerator<readonly Answered[]> {
  const asked = wanted.map((one): [string, string] => ["panel", one]);
  const { body } = await response("/api/panels", having(parameters, ["uid", uid], ...asked));
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = `${rest}${value}`.split("\n");
    rest = lines.pop()!;
    if (lines.length > 0) yield lines.map((line) => JSON.parse(line) as Answered);
  }
}
