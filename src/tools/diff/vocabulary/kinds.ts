import { asList, asObject, asText } from "../json.ts";
import type { Entity, Kind, State } from "../model/model.ts";
import { dashboardScope } from "./dashboard.ts";
import { contactPointScope, policyScope } from "./notifications.ts";
import { panelScope, panelSummary } from "./panel.ts";
import { lokiScope, promtailScope } from "./pipeline.ts";
import { ruleScope, ruleSummary } from "./rule.ts";
import * as say from "./say.ts";
import { name, type Scope, said, text, yesNo } from "./scope.ts";

/** The words for the parts of a thing, and what is said of one that came or went. */
type Words = Readonly<{ scope: Scope; summary?: (entity: Entity, state: State) => string }>;

/** The words for every kind of thing. */
export const WORDS: Readonly<Record<Kind, Words>> = {
  dashboard: { scope: dashboardScope },
  panel: { scope: panelScope, summary: panelSummary },
  rule: { scope: ruleScope, summary: ruleSummary },
  retired: { scope: {} },
  "contact point": {
    scope: contactPointScope,
    summary: ({ body }) =>
      asList(body.receivers)
        .map((item) => asText(asObject(item).type) ?? "receiver")
        .join(", "),
  },
  policy: { scope: policyScope },
  template: { scope: { terms: { template: text("text"), name, $file: "file" } } },
  "mute timing": { scope: { terms: { name, $file: "file" } } },
  "data source": {
    scope: { terms: { name, url: "address", isDefault: yesNo("is the default"), $file: "file" } },
    summary: ({ body: { type, url } }) => [asText(type), asText(url)].filter((one) => one !== undefined).join(", "),
  },
  provider: {
    scope: {
      terms: {
        name,
        updateIntervalSeconds: said("reads its folder every", say.secondsOf),
        disableDeletion: yesNo("keeps removed dashboards"),
        allowUiUpdates: yesNo("may be changed in Grafana"),
        $file: "file",
      },
    },
  },
  loki: { scope: lokiScope },
  promtail: { scope: promtailScope },
  wrapper: { scope: {}, summary: ({ body }) => Object.keys(body).join(", ") },
  file: { scope: {} },
};
