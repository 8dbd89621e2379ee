import type { State } from "../../../../alerting/states.ts";
import { isOfNothing, nameOf } from "../../../../view/timeline-rows.ts";
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

/** An instance by its labels. */
export const named = ({ labels }: ShownInstance): string =>
  isOfNothing(labels) ? `rien à mesurer (requête ${labels.ref_id})` : nameOf(labels);
