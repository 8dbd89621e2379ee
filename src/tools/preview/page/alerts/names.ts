import type { State } from "../../../../alerting/states.ts";
import type { ShownInstance } from "../../alerts/view.ts";
import { el } from "../dom.ts";

export const NAMES: Readonly<Record<State, string>> = {
  Normal: "normal",
  Pending: "en attente",
  Alerting: "déclenchée",
  Recovering: "en rétablissement",
  NoData: "sans données",
  Error: "en erreur",
};

export const badge = (state: State): HTMLElement => el("span", { class: `state ${state}` }, NAMES[state]);

/** An instance by its labels; Grafana keeps one of its own for a query that gives nothing. */
export function named({ labels }: ShownInstance): string {
  if ("datasource_uid" in labels && "ref_id" in labels) return `rien à mesurer (requête ${labels.ref_id})`;
  return Object.values(labels).join(" · ") || "ensemble";
}
