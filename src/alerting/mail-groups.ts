import { parseDuration } from "../core/durations.ts";
import { collected } from "../core/kept.ts";
import { type Delivery, type Flush, flushes } from "./flushes.ts";
import { alertLabels } from "./mails.ts";
import type { Alerting, ContactPoint, Policy, Rule } from "./provisioned.ts";
import type { InstanceLine, RuleLine } from "./timeline.ts";
import { type Labels, labelKey } from "./values.ts";

/** A rule and its states. */
export type RuleHistory = Readonly<{ rule: Rule; line: RuleLine }>;
type Receiver = ContactPoint["receivers"][number];
type Route = Readonly<{ groupBy: readonly string[]; delivery: Delivery; contact: string; receiver: Receiver }>;
/** The alerts of one mail: the labels that they share, who gets it, when, and of which rule each instance is. */
export type MailGroup = Readonly<{
  labels: Labels;
  route: Route;
  line: RuleLine;
  ruleOf: ReadonlyMap<InstanceLine, Rule>;
}>;

const fits = ([name, operator, value]: readonly [string, string, string], labels: Labels): boolean => {
  const own = labels[name] ?? "";
  const matches = operator.endsWith("~") ? new RegExp(`^(?:${value})$`).test(own) : own === value;
  return operator.startsWith("!") ? !matches : matches;
};

/** The first route that fits, with what it leaves to the policy above it; undefined where nobody is mailed. */
function routeOf(labels: Labels, { contactPoints, policies }: Alerting): Route | undefined {
  const [policy] = policies;
  if (!policy) return undefined;
  const route = policy.routes.find(({ object_matchers }) => object_matchers.every((matcher) => fits(matcher, labels)));
  const name = route?.receiver ?? policy.receiver;
  const contact = contactPoints.find((one) => one.name === name);
  const receiver = contact?.receivers.find(({ type }) => type === "email");
  if (!contact || !receiver) return undefined;
  const setting = (of: keyof Pick<Policy, "group_wait" | "group_interval" | "repeat_interval">, usual: string) =>
    parseDuration(route?.[of] ?? policy[of] ?? usual);
  return {
    groupBy: route?.group_by ?? policy.group_by ?? ["grafana_folder", "alertname"],
    contact: contact.name,
    receiver,
    delivery: {
      wait: setting("group_wait", "30s"),
      interval: setting("group_interval", "5m"),
      repeat: setting("repeat_interval", "4h"),
      tellsEnds: !receiver.disableResolveMessage,
    },
  };
}

const groupLabels = ({ groupBy }: Route, labels: Labels): Labels =>
  groupBy.includes("...") ? labels : Object.fromEntries(groupBy.map((name) => [name, labels[name] ?? ""]));

type Member = Readonly<{ rule: Rule; moments: readonly number[]; instance: InstanceLine }>;

/** An instance as it stood at other moments: at each, what its own last evaluation said. */
function restated({ instance, moments: own }: Member, moments: readonly number[]): InstanceLine {
  let at = -1;
  const places = moments.map((moment) => {
    while (at + 1 < own.length && own[at + 1]! <= moment) at += 1;
    return at;
  });
  const placed = <T>(all: readonly T[]) => places.map((place) => all[place]);
  const { labels, states, since } = instance;
  const entryOf = ([refId, all]: readonly [string, readonly (number | null)[]]) =>
    [refId, placed(all).map((value) => value ?? null)] as const;
  const values = Object.fromEntries(Object.entries(instance.values).map(entryOf));
  return { labels, states: placed(states), since: placed(since), values };
}

/** The members on one clock: their own where they are evaluated together, else every moment of any. */
function onOneClock(members: readonly Member[]): Pick<MailGroup, "line" | "ruleOf"> {
  const clocks = [...new Set(members.map(({ moments }) => moments))];
  const [only] = clocks;
  const moments = clocks.length === 1 ? only! : [...new Set(clocks.flat())].sort((a, b) => a - b);
  const shown = members.map((member) => {
    const instance = clocks.length === 1 ? member.instance : restated(member, moments);
    return [instance, member.rule] as const;
  });
  return { line: { moments, instances: shown.map(([instance]) => instance) }, ruleOf: new Map(shown) };
}

/** The groups into which the notification policy puts the instances of all rules. */
export function mailGroups(all: readonly RuleHistory[], alerting: Alerting): readonly MailGroup[] {
  const groups = collected<string, { labels: Labels; route: Route; members: Member[] }>();
  for (const { rule, line } of all)
    for (const instance of line.instances) {
      const labels = alertLabels(rule, instance.labels);
      const route = routeOf(labels, alerting);
      if (!route) continue;
      const shared = groupLabels(route, labels);
      const key = JSON.stringify([route.contact, route.delivery, labelKey(shared)]);
      const { members } = groups.of(key, () => ({ labels: shared, route, members: [] }));
      members.push({ rule, moments: line.moments, instance });
    }
  return [...groups.all.values()].map(({ labels, route, members }) => ({ labels, route, ...onOneClock(members) }));
}

/** A mail that would have been sent: the flush that makes it, and its group. */
export type Sending = Readonly<{ flush: Flush; group: MailGroup }>;

/** Every mail between two moments (seconds since 1970), in order of time. */
export const sendings = (
  groups: readonly MailGroup[],
  { from, to }: Readonly<{ from: number; to: number }>,
): readonly Sending[] =>
  groups
    .flatMap((group) => flushes(group.line, group.route.delivery).map((flush) => ({ flush, group })))
    .filter(({ flush: { at } }) => at >= from && at <= to)
    .sort((a, b) => a.flush.at - b.flush.at);
