import type { JsonObject } from "../json.ts";
import type { Entity, Kind, State } from "../model/model.ts";
import { dashboardScope } from "../vocabulary/dashboard.ts";
import {
  contactPointScope,
  contactPointSummary,
  muteTimingScope,
  policyScope,
  templateScope,
} from "../vocabulary/notifications.ts";
import { panelScope, panelSummary } from "../vocabulary/panel.ts";
import { dataSourceScope, dataSourceSummary, lokiScope, promtailScope, providerScope } from "../vocabulary/pipeline.ts";
import { ruleScope, ruleSummary } from "../vocabulary/rule.ts";
import type { Scope } from "../vocabulary/scope.ts";
import { apartOf } from "./apart.ts";
import type { Detail } from "./detail.ts";
import { merged } from "./merge.ts";
import type { Subject } from "./report.ts";
import { walk } from "./walk.ts";

type Words = Readonly<{ scope: Scope; summary?: (entity: Entity, state: State) => string }>;
const WORDS: Readonly<Record<Kind, Words>> = {
  dashboard: { scope: dashboardScope },
  panel: { scope: panelScope, summary: panelSummary },
  rule: { scope: ruleScope, summary: ruleSummary },
  retired: { scope: {} },
  "contact point": { scope: contactPointScope, summary: ({ body }) => contactPointSummary(body) },
  policy: { scope: policyScope },
  template: { scope: templateScope },
  "mute timing": { scope: muteTimingScope },
  "data source": { scope: dataSourceScope, summary: ({ body }) => dataSourceSummary(body) },
  provider: { scope: providerScope },
  loki: { scope: lokiScope },
  promtail: { scope: promtailScope },
  wrapper: { scope: {}, summary: ({ body }) => Object.keys(body).join(", ") },
  file: { scope: {} },
};

const MOVES_WITH_ANOTHER: readonly Kind[] = ["panel", "file", "wrapper", "retired"];
/** The file of a thing is one of its facts. */
const comparable = ({ kind, file, body }: Entity): JsonObject =>
  MOVES_WITH_ANOTHER.includes(kind) ? body : { ...body, $file: file };

/** What changed between two versions of one thing; `more` is what only its surroundings know. */
export function changed(
  from: Entity,
  to: Entity,
  states: Readonly<{ from: State; to: State }>,
  more: readonly Detail[] = [],
): Subject | undefined {
  const side = (entity: Entity, state: State) => ({ state, entity, part: entity.body });
  const details = merged([
    ...more,
    ...walk(
      { from: comparable(from), to: comparable(to) },
      {
        scope: WORDS[to.kind].scope,
        rel: [],
        noun: "",
        path: "",
        from: side(from, states.from),
        to: side(to, states.to),
      },
    ),
  ]);
  if (details.length === 0) return undefined;
  return {
    kind: to.kind,
    title: to.title,
    apart: apartOf(to, states.to),
    id: to.id,
    status: "changed",
    note: "",
    details,
    from,
    to,
    effects: [],
  };
}

/** A thing that only one state has. */
export function alone(
  entity: Entity,
  status: "added" | "removed",
  state: State,
  note = WORDS[entity.kind].summary?.(entity, state) ?? "",
): Subject {
  const { kind, title, id } = entity;
  return {
    kind,
    title,
    apart: apartOf(entity, state),
    id,
    status,
    note,
    details: [],
    from: status === "removed" ? entity : undefined,
    to: status === "added" ? entity : undefined,
    effects: [],
  };
}
