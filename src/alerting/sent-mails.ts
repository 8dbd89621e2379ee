import { parseDuration } from "../core/durations.ts";
import type { Alerting, ContactPoint, Policy, Rule } from "./provisioned.ts";
import { renderNotification, renderWith } from "./templates.ts";
import type { InstanceLine, RuleLine } from "./timeline.ts";
import type { Labels } from "./values.ts";

/** A mail that would have been sent, at a moment in seconds since 1970. */
export type Mail = Readonly<{ at: number; to: string; subject: string; text: string }>;
/** When a group of alerts waits, and how its receiver is told; durations in seconds. */
type Delivery = Readonly<{ wait: number; interval: number; repeat: number; contact: ContactPoint | undefined }>;

const fits = ([name, operator, value]: readonly [string, string, string], labels: Labels): boolean => {
  const own = labels[name] ?? "";
  const matches = operator.endsWith("~") ? new RegExp(`^(?:${value})$`).test(own) : own === value;
  return operator.startsWith("!") ? !matches : matches;
};

/** The first route that fits, with what it leaves to the policy above it. */
function deliveryOf(labels: Labels, { contactPoints, policies }: Alerting): Delivery | undefined {
  const [policy] = policies;
  if (!policy) return undefined;
  const route = policy.routes.find(({ object_matchers }) => object_matchers.every((matcher) => fits(matcher, labels)));
  const setting = (name: keyof Pick<Policy, "group_wait" | "group_interval" | "repeat_interval">, usual: string) =>
    parseDuration(route?.[name] ?? policy[name] ?? usual);
  const receiver = route?.receiver ?? policy.receiver;
  return {
    wait: setting("group_wait", "30s"),
    interval: setting("group_interval", "5m"),
    repeat: setting("repeat_interval", "4h"),
    contact: contactPoints.find(({ name }) => name === receiver),
  };
}

/** What a flush of a group found: the instances that fire, and those that ended since the last one. */
export type Flush = Readonly<{
  at: number;
  index: number;
  firing: readonly InstanceLine[];
  resolved: readonly Readonly<{ line: InstanceLine; started: number; ended: number }>[];
}>;

const fires = (line: InstanceLine, index: number) => line.states[index] === "Alerting" || line.states[index] === "Recovering";

/**
 * The flushes of a rule's group that make a mail, as the Alertmanager decides it: after the group's wait, then at its interval,
 * when something new fires or has ended, or when the repeat interval has passed.
 */
export function flushes({ moments, instances }: RuleLine, { wait, interval, repeat }: Omit<Delivery, "contact">, tellsEnds: boolean): readonly Flush[] {
  const found: Flush[] = [];
  let next: number | undefined;
  let told: { at: number; firing: Set<InstanceLine> } | undefined;
  let ended = new Map<InstanceLine, { started: number; ended: number }>();
  const flush = (at: number, index: number) => {
    const firing = instances.filter((line) => fires(line, index));
    const resolved = [...ended].filter(([line]) => !firing.includes(line)).map(([line, times]) => ({ line, ...times }));
    const isNew = firing.some((line) => !told?.firing.has(line));
    const hasEnded = tellsEnds && resolved.some(({ line }) => told?.firing.has(line));
    const isRepeat = told !== undefined && firing.length > 0 && at - told.at >= repeat;
    if (isNew || hasEnded || isRepeat) {
      found.push({ at, index, firing, resolved: tellsEnds ? resolved : [] });
      told = { at, firing: new Set(firing) };
    }
    ended = new Map();
    if (firing.length === 0) [next, told] = [undefined, undefined];
    else next = at + interval;
  };
  for (const [index, now] of moments.entries()) {
    while (next !== undefined && next < now) flush(next, index - 1);
    for (const line of instances) {
      if (fires(line, index)) ended.delete(line);
      else if (index > 0 && fires(line, index - 1)) ended.set(line, { started: line.since[index - 1]!, ended: now });
    }
    if (next === undefined && instances.some((line) => fires(line, index))) next = now + wait;
  }
  return found;
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

function alertOf(
  rule: Rule,
  line: InstanceLine,
  { index, externalURL, started, ended }: Readonly<{ index: number; externalURL: string; started: number; ended?: number }>,
) {
  const labels = { ...line.labels, ...rule.labels, alertname: rule.title, grafana_folder: rule.folder, __alert_rule_uid__: rule.uid };
  // An instance whose series vanished is told with what was measured last.
  const values = Object.fromEntries(
    Object.entries(line.values).flatMap(([refId, all]) => {
      const value = all.slice(0, index + 1).findLast((one) => typeof one === "number");
      return value === undefined || value === null ? [] : [[refId, { labels: line.labels, value }]];
    }),
  );
  const annotations = Object.fromEntries(
    Object.entries(rule.annotations).map(([name, template]) => [name, renderWith(template, { labels, values, value: Number.NaN, externalURL })]),
  );
  return { labels, annotations, startsAt: iso(started), ...(ended !== undefined && { endsAt: iso(ended) }) };
}

type Mailing = Readonly<{ alerting: Alerting; externalURL: string; to: string; from: number; most: number }>;

/** The newest mails of a rule since `from` (seconds), as they would read; the addresses' own `${…}` is what the environment says. */
export function mailsOf(rule: Rule, line: RuleLine, { alerting, externalURL, to, from, most }: Mailing): Readonly<{ mails: readonly Mail[]; total: number }> {
  const labels = { ...rule.labels, alertname: rule.title, grafana_folder: rule.folder };
  const delivery = deliveryOf(labels, alerting);
  const receiver = delivery?.contact?.receivers.find(({ type }) => type === "email");
  if (!delivery || !receiver) return { mails: [], total: 0 };
  const all = flushes(line, delivery, !receiver.disableResolveMessage).filter(({ at }) => at >= from && at <= (line.moments.at(-1) ?? 0));
  const templates = alerting.templates.join("\n");
  const written = (text: string, name: string, alerts: readonly ReturnType<typeof alertOf>[]) => {
    const source = `${templates}\n{{ define "${name}" }}${text}{{ end }}`;
    const notification = { alerts, receiver: delivery.contact!.name, externalURL, groupLabels: { alertname: rule.title, grafana_folder: rule.folder }, name };
    const rendered = renderNotification(source, notification);
    return "text" in rendered ? rendered.text : `modèle en erreur : ${rendered.error}`;
  };
  const mails = all.slice(-most).map(({ at, index, firing, resolved }): Mail => {
    const alerts = [
      ...firing.map((one) => alertOf(rule, one, { index, externalURL, started: one.since[index]! })),
      ...resolved.map(({ line: one, started, ended }) => alertOf(rule, one, { index, externalURL, started, ended })),
    ];
    const { subject = rule.title, message = "", addresses } = receiver.settings;
    return {
      at,
      to: addresses.replaceAll(/\$\{?ALERT_EMAIL_TO\}?/g, to),
      subject: written(subject, "preview.subject", alerts).trim(),
      text: written(message, "preview.message", alerts).trim(),
    };
  });
  return { mails, total: all.length };
}
