import { alertLabels, type MailGroup, mailGroups, type RuleHistory, type Sending, sendings } from "./mail-groups.ts";
import type { Alerting, Rule } from "./provisioned.ts";
import { renderNotification, renderWith } from "./templates.ts";
import type { InstanceLine } from "./timeline.ts";

/** A mail that would have been sent, at a moment in seconds since 1970. */
export type Mail = Readonly<{ at: number; to: string; subject: string; text: string }>;

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

type About = Readonly<{ index: number; externalURL: string; started: number; ended?: number }>;

function alertOf(rule: Rule, line: InstanceLine, { index, externalURL, started, ended }: About) {
  const labels = { ...alertLabels(rule, line.labels), __alert_rule_uid__: rule.uid };
  // An instance whose series vanished is told with what was measured last.
  const values = Object.fromEntries(
    Object.entries(line.values).flatMap(([refId, all]) => {
      const value = all.slice(0, index + 1).findLast((one) => typeof one === "number");
      return value === undefined || value === null ? [] : [[refId, { labels: line.labels, value }]];
    }),
  );
  const rendered = (template: string) => renderWith(template, { labels, values, value: Number.NaN, externalURL });
  const annotations = Object.fromEntries(
    Object.entries(rule.annotations).map(([name, template]) => [name, rendered(template)]),
  );
  return { labels, annotations, startsAt: iso(started), ...(ended !== undefined && { endsAt: iso(ended) }) };
}

/** What all mails share: templates, the address of Grafana, and what stands for the recipient of the environment. */
type Mailing = Readonly<{ alerting: Alerting; externalURL: string; to: string }>;

function written({ flush, group }: Sending, { alerting, externalURL, to }: Mailing): Mail {
  const { at, index, firing, resolved } = flush;
  const { route, labels, ruleOf } = group;
  const alerts = [
    ...firing.map((one) => alertOf(ruleOf.get(one)!, one, { index, externalURL, started: one.since[index]! })),
    ...resolved.map(({ line, ...times }) => alertOf(ruleOf.get(line)!, line, { index, externalURL, ...times })),
  ];
  const templates = alerting.templates.join("\n");
  const text = (source: string, name: string) => {
    const notification = { alerts, receiver: route.contact, externalURL, groupLabels: labels, now: iso(at), name };
    const rendered = renderNotification(`${templates}\n{{ define "${name}" }}${source}{{ end }}`, notification);
    return "text" in rendered ? rendered.text.trim() : `modèle en erreur : ${rendered.error}`;
  };
  const { subject = titleOf(group), message = "", addresses } = route.receiver.settings;
  return {
    at,
    to: addresses.replaceAll(/\$\{?ALERT_EMAIL_TO\}?/g, to),
    subject: text(subject, "preview.subject"),
    text: text(message, "preview.message"),
  };
}

const titleOf = ({ ruleOf }: MailGroup) => [...ruleOf.values()][0]!.title;

type Period = Readonly<{ from: number; to: number; most: number }>;

/** The newest mails of some rules in a period (seconds), as they would read, and how many there are in all. */
export function mailsOf(
  lines: readonly RuleHistory[],
  mailing: Mailing,
  { from, to, most }: Period,
): Readonly<{ mails: readonly Mail[]; total: number }> {
  const all = sendings(mailGroups(lines, mailing.alerting), { from, to });
  return { mails: all.slice(-most).map((one) => written(one, mailing)), total: all.length };
}
