import { parseDuration } from "../core/durations.ts";
import { MISSING_EVALUATIONS, type Profile } from "./profile.ts";
import type { Result } from "./results.ts";
import type { JudgedRule } from "./rule.ts";
import { type Labels, labelKey } from "./values.ts";

export type State = "Normal" | "Pending" | "Alerting" | "Recovering" | "NoData" | "Error";
export type Instance = Readonly<{ labels: Labels; state: State; reason: string; since: number; evaluated: number }>;
/** The instances of a rule, by labels. */
export type Instances = ReadonlyMap<string, Instance>;

/** What maps a result to a state at a moment (in seconds). */
type Mapping = Readonly<{ rule: JudgedRule; profile: Profile; now: number }>;

const change = (instance: Instance, state: State, { now }: Mapping): Instance =>
  instance.state === state ? instance : { ...instance, state, since: now };

/** After a result of 0. */
function normal(instance: Instance, mapping: Mapping): Instance {
  // Most instances are normal already: a month has a million of these.
  if (instance.state === "Normal") return instance;
  const { rule, profile, now } = mapping;
  const keep = profile.recovers ? parseDuration(rule.keepFiringFor) : 0;
  if (instance.state === "Alerting" && keep > 0) return change(instance, "Recovering", mapping);
  if (instance.state === "Recovering" && now - instance.since < keep) return instance;
  return change(instance, "Normal", mapping);
}

/** After a result other than 0. */
function alerting(instance: Instance, mapping: Mapping): Instance {
  if (instance.state === "Alerting") return instance;
  const { rule, now } = mapping;
  const wait = parseDuration(String(rule.for));
  if (instance.state === "Pending")
    return now - instance.since >= wait ? change(instance, "Alerting", mapping) : instance;
  return change(instance, wait > 0 && instance.state !== "Recovering" ? "Pending" : "Alerting", mapping);
}

/** After any result; what NoData and Error mean is the rule's to say. */
function next(instance: Instance, result: Result["state"], evaluation: Mapping): Instance {
  const { rule } = evaluation;
  if (result === "Normal") return normal(instance, evaluation);
  if (result === "Alerting") return alerting(instance, evaluation);
  const mapping = result === "NoData" ? rule.noDataState : rule.execErrState;
  if (mapping === "OK") return normal(instance, evaluation);
  return mapping === "Alerting" ? alerting(instance, evaluation) : change(instance, result, evaluation);
}

/** The instance after one result; a reason says that the state comes from NoData or Error. */
function transition(instance: Instance, result: Result["state"], mapping: Mapping): Instance {
  const after = next(instance, result, mapping);
  const reason = after.state !== result && (result === "NoData" || result === "Error") ? result : "";
  return { ...after, reason, evaluated: mapping.now };
}

/** NoData and Error that map to another state are the result of every instance that there is. */
function settled(before: Instances, results: readonly Result[], { rule, profile }: Mapping): readonly Result[] {
  const all = (state: "NoData" | "Error") => results.length > 0 && results.every((result) => result.state === state);
  const remapped = (all("NoData") && rule.noDataState !== "NoData") || (all("Error") && rule.execErrState !== "Error");
  if (!profile.noDataSettlesAll || !remapped || before.size === 0) return results;
  return [...before.values()].map(({ labels }) => ({ labels, state: results[0]!.state }));
}

/** What an evaluation changed: the instances that go on, and the states it gives, forgotten ones included. */
type Evaluated = Readonly<{ instances: Instances; states: Instances }>;

/** One evaluation at a moment, of a rule evaluated every `interval`, both in seconds. */
export function evaluated(
  previous: Instances,
  results: readonly Result[],
  evaluation: Mapping & Readonly<{ interval: number }>,
): Evaluated {
  const { profile, now, interval } = evaluation;
  const states = new Map<string, Instance>();
  const instances = new Map<string, Instance>();
  for (const { labels, state } of settled(previous, results, evaluation)) {
    const key = labelKey(labels);
    const before = previous.get(key) ?? { labels, state: "Normal", reason: "", since: now, evaluated: now };
    const after = transition(before, state, evaluation);
    states.set(key, after);
    instances.set(key, after);
  }
  for (const [key, instance] of previous) {
    if (states.has(key)) continue;
    const isOdd = instance.state === "NoData" || instance.state === "Error";
    const allowed = isOdd ? profile.missingNoDataEvaluations : MISSING_EVALUATIONS;
    if (now - instance.evaluated >= allowed * interval)
      states.set(key, { ...instance, state: "Normal", reason: "MissingSeries", evaluated: now });
    else {
      instances.set(key, instance);
      if (profile.missingIsShown) states.set(key, instance);
    }
  }
  return { instances, states };
}

/** As Grafana's back-test prints a state; NoData has no text. */
export function printState({ state, reason }: Instance): string | null {
  if (state === "NoData") return null;
  return reason ? `${state} (${reason})` : state;
}
