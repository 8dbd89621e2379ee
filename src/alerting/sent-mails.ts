import { type MailGroup, mailGroups, type RuleHistory, type Sending, sendings } from "./mail-groups.ts";
import { alertOf, type Mail, type MailedInstance, mailOf } from "./mails.ts";
import type { Alerting } from "./provisioned.ts";
import type { InstanceLine } from "./timeline.ts";

/** A mail that would have been sent, at a moment in seconds since 1970. */
export type SentMail = Readonly<{ at: number; to: string }> & Mail;

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** What was measured last of an instance at an evaluation, of one whose series has vanished too. */
export const lastValues = ({ values }: InstanceLine, index: number): MailedInstance["values"] =>
  Object.fromEntries(
    Object.entries(values).flatMap(([refId, all]) => {
      const value = all.slice(0, index + 1).findLast((one) => one !== null);
      return value === undefined || value === null ? [] : [[refId, value]];
    }),
  );

/** What all mails share: templates, the address of Grafana, and what stands for the recipient of the environment. */
type Mailing = Readonly<{ alerting: Alerting; externalURL: string; to: string }>;

function written({ flush, group }: Sending, { alerting, externalURL, to }: Mailing): SentMail {
  const { at, index, firing, resolved } = flush;
  const { route, labels: groupLabels, ruleOf } = group;
  const alert = (line: InstanceLine, times: Pick<MailedInstance, "startsAt" | "endsAt">) =>
    alertOf(ruleOf.get(line)!, { labels: line.labels, values: lastValues(line, index), ...times }, { externalURL });
  const alerts = [
    ...firing.map((line) => alert(line, { startsAt: iso(line.since[index]!) })),
    ...resolved.map(({ line, started, ended }) => alert(line, { startsAt: iso(started), endsAt: iso(ended) })),
  ];
  const { addresses, message = "", subject: title = titleOf(group) } = route.receiver.settings;
  const { subject, text } = mailOf(
    { subject: title, message, templates: alerting.templates.join("\n") },
    { alerts, receiver: route.contact, externalURL, groupLabels, now: iso(at) },
    { faulty: (error) => `modèle en erreur : ${error}` },
  );
  return { at, to: addresses.replaceAll(/\$\{?ALERT_EMAIL_TO\}?/g, to), subject: subject.trim(), text: text.trim() };
}

const titleOf = ({ ruleOf }: MailGroup) => [...ruleOf.values()][0]!.title;

type Period = Readonly<{ from: number; to: number; most: number }>;

/** The newest mails of some rules in a period (seconds), as they would read, and how many there are in all. */
export function mailsOf(
  lines: readonly RuleHistory[],
  mailing: Mailing,
  { from, to, most }: Period,
): Readonly<{ mails: readonly SentMail[]; total: number }> {
  const all = sendings(mailGroups(lines, mailing.alerting), { from, to });
  return { mails: all.slice(-most).map((one) => written(one, mailing)), total: all.length };
}
