import pMap from "p-map";
import { type Case, parseCase } from "../../../alerting/case.ts";
import { judge } from "../../../alerting/judge.ts";
import { PINNED, profileOf } from "../../../alerting/profile.ts";
import { outagesOf, type Scenario, streamsOf } from "../../../alerting/scenario.ts";
import type { Stores } from "../../../alerting/store.ts";
import { parseDuration } from "../../../core/durations.ts";
import { UserError } from "../../../core/errors.ts";
import { Unreachable } from "../../../core/loki.ts";
import type { Subject } from "../compare/report.ts";
import { asText, equal, get, type JsonObject, without } from "../json.ts";
import type { Entity } from "../model/model.ts";
import { differences } from "./differences.ts";
import { type Told, toldBy } from "./episodes.ts";
import { sayVerdicts } from "./say-verdicts.ts";
import type { AllScenarios } from "./scenarios.ts";

/** The pinned version, which the scenarios are proven with. */
const PROFILE = profileOf(PINNED);
const AT_ONCE = 8;

/** What only the reader of an alert sees, or who gets it. */
const UNJUDGED = [
  "annotations",
  "labels",
  "title",
  "uid",
  "dashboardUid",
  "panelId",
  "$group",
  "$file",
  "isPaused",
  "notification_settings",
] as const;
const judgedPart = (rule: JsonObject) => ({
  ...without(rule, ...UNJUDGED),
  every: get(rule, "$group", "interval") ?? null,
});

/** Whether a rule decides otherwise than before, or went; of one that came, nothing is known before. */
export const decidesAnew = ({ from, to }: Subject): boolean =>
  from !== undefined && !(to && equal(judgedPart(from.body), judgedPart(to.body)));

/** The scenarios of a rule, under its name or the one that it had, without those of another configuration. */
export function scenariosOf({ from, to }: Subject, all: AllScenarios): ReadonlyMap<string, Scenario> {
  const own = [to?.id, from?.id].find((id) => id !== undefined && Object.hasOwn(all, id));
  return new Map(Object.entries(own === undefined ? {} : all[own]!).filter(([, { config }]) => !config));
}

/** A scenario as a case for any rule: from the start until the last arrival and the last expected moment have been evaluated. */
function caseOf({ body }: Entity, name: string, { arrivals, expect }: Scenario): Case {
  const interval = parseDuration(asText(get(body, "$group", "interval")) ?? "1m");
  const all = arrivals.flat();
  const last = [...Object.keys(expect).map(parseDuration), ...all.map(({ at }) => at)].reduce(
    (a, b) => Math.max(a, b),
    0,
  );
  return parseCase(
    {
      name,
      t0: "2026-11-20T10:00:00Z",
      from: 0,
      to: (Math.ceil(last / interval) + 1) * interval,
      interval,
      rule: body,
      streams: streamsOf(all),
    },
    "it",
  );
}

/** What a rule tells on each scenario, or why it cannot be judged. */
async function judged(
  rule: Entity,
  scenarios: ReadonlyMap<string, Scenario>,
  stores: Stores,
): Promise<ReadonlyMap<string, Told> | string> {
  const told = async ([name, scenario]: readonly [string, Scenario]) =>
    [
      name,
      toldBy(await judge(caseOf(rule, name, scenario), stores, { profile: PROFILE, outages: outagesOf(scenario) })),
    ] as const;
  try {
    return new Map(await pMap(scenarios, told, { concurrency: AT_ONCE }));
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof Unreachable) throw error;
    return error.message;
  }
}

const firing = (told: ReadonlyMap<string, Told>): number =>
  [...told.values()].filter((one) => [...one.values()].some(({ kind }) => kind === "fires")).length;

/** Says on which scenarios a rule's verdict differs. */
export async function ruleEffects(
  { from, to }: Subject,
  scenarios: ReadonlyMap<string, Scenario>,
  stores: Stores,
): Promise<readonly string[]> {
  const before = from && (await judged(from, scenarios, stores));
  const after = to && (await judged(to, scenarios, stores));
  const faults = [
    ...(typeof before === "string" ? [`the old rule cannot be judged: ${before}`] : []),
    ...(typeof after === "string" ? [`the new rule cannot be judged: ${after}`] : []),
  ];
  if (typeof before === "string" || typeof after === "string") return faults;
  const count = scenarios.size;
  if (!before) return [];
  if (!after) return [`stays quiet in the ${firing(before)} of its ${count} scenarios in which it fired`];
  return sayVerdicts(
    new Map([...scenarios.keys()].map((name) => [name, differences(before.get(name)!, after.get(name)!)])),
  );
}
