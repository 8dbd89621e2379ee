import pMap from "p-map";
import { type Case, parseCase } from "../../../alerting/case.ts";
import { judge } from "../../../alerting/judge.ts";
import { PINNED, profileOf } from "../../../alerting/profile.ts";
import { outagesOf, type Scenario, streamsOf } from "../../../alerting/scenario.ts";
import type { Stores } from "../../../alerting/store.ts";
import { scenariosOf } from "../../../alerts/scenarios/index.ts";
import { config } from "../../../config.ts";
import { DEFAULT_INTERVAL } from "../../../core/documents/rules.ts";
import { parseDuration } from "../../../core/durations.ts";
import { UserError } from "../../../core/errors.ts";
import { Unreachable } from "../../../core/loki.ts";
import type { Subject } from "../compare/report.ts";
import { asText, equal, get, type JsonObject, without } from "../json.ts";
import type { Entity } from "../model/model.ts";
import { differences, episodesOf, type InstanceEpisodes } from "./differences.ts";
import { sayVerdicts } from "./say-verdicts.ts";

/** The pinned version, which the scenarios are proven with. */
const PROFILE = profileOf(PINNED);
const AT_ONCE = 8;

/** What only the reader of an alert sees, or who gets it. */
const UNJUDGED = "annotations labels title uid dashboardUid panelId $group $file isPaused notification_settings".split(
  " ",
);
/** How often a rule is evaluated. */
export const intervalOf = (rule: JsonObject): string => asText(get(rule, "$group", "interval")) ?? DEFAULT_INTERVAL;

/** Whether a rule decides otherwise than before, or went; of one that came, nothing is known before. */
export const decidesAnew = ({ from, to }: Subject): boolean => {
  const judged = ({ body }: Entity) => [without(body, ...UNJUDGED), intervalOf(body)];
  return from !== undefined && !(to && equal(judged(from), judged(to)));
};

type Scenarios = ReadonlyMap<string, Scenario>;
/** What proves the rules of the working tree: scenarios by rule (its uid), then by name. */
const ALL: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = scenariosOf(config);

/** The scenarios of a rule, under its name or the one that it had, without those of another configuration. */
export function scenariosAbout({ from, to }: Subject): Scenarios {
  const own = [to?.id, from?.id].find((id) => id !== undefined && Object.hasOwn(ALL, id));
  return new Map(Object.entries(ALL[own ?? ""] ?? {}).filter(([, { config }]) => !config));
}

/** A scenario as a case for any rule: up to the evaluation of the last arrival and of the last expected moment. */
function caseOf({ body }: Entity, name: string, { arrivals, expect }: Scenario): Case {
  const interval = parseDuration(intervalOf(body));
  const all = arrivals.flat();
  const last = Math.max(0, ...Object.keys(expect).map(parseDuration), ...all.map(({ at }) => at));
  const to = (Math.ceil(last / interval) + 1) * interval;
  const about = { name, t0: "2026-11-20T10:00:00Z", from: 0, to, interval };
  return parseCase({ ...about, rule: body, streams: streamsOf(all) }, "it");
}

type Verdicts = ReadonlyMap<string, InstanceEpisodes>;
const firing = (verdicts: Verdicts): number =>
  [...verdicts.values()].filter((one) => [...one.values()].some(({ kind }) => kind === "fires")).length;

/** What a rule tells on each scenario, or why it cannot be judged. */
async function verdictsOf(rule: Entity, scenarios: Scenarios, stores: Stores): Promise<Verdicts | string> {
  const verdict = async ([name, scenario]: readonly [string, Scenario]) => {
    const given = { profile: PROFILE, outages: outagesOf(scenario) };
    return [name, episodesOf(await judge(caseOf(rule, name, scenario), stores, given))] as const;
  };
  try {
    return new Map(await pMap(scenarios, verdict, { concurrency: AT_ONCE }));
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof Unreachable) throw error;
    return error.message;
  }
}

/** Says on which scenarios the verdict of a rule that was there before differs. */
export async function ruleEffects(
  { from, to }: Subject,
  scenarios: Scenarios,
  stores: Stores,
): Promise<readonly string[]> {
  const before = await verdictsOf(from!, scenarios, stores);
  const after = to && (await verdictsOf(to, scenarios, stores));
  if (typeof before === "string" || typeof after === "string")
    return Object.entries({ old: before, new: after }).flatMap(([which, fault]) =>
      typeof fault === "string" ? [`the ${which} rule cannot be judged: ${fault}`] : [],
    );
  if (!after) return [`stays quiet in the ${firing(before)} of its ${scenarios.size} scenarios in which it fired`];
  return sayVerdicts(
    new Map([...scenarios.keys()].map((name) => [name, differences(before.get(name)!, after.get(name)!)])),
  );
}
