import { alertOf, type Mail, mailOf } from "../../alerting/mails.ts";
import type { NotificationFile, RuleFile } from "../../alerts/provisioning.ts";
import { type Alert, FOLDER } from "../../alerts/rule.ts";
import type { Config } from "../../core/config/schema.ts";

const STARTS_AT = "2026-11-27T02:50:00Z";
const SENT_AT = "2026-11-27T02:51:00Z";

type Mailed = Readonly<{ config: Config; notifications: NotificationFile; externalURL: string }>;

/** The mail of one instance of a rule, as it would read. */
export function exampleMail(
  { when }: Alert,
  { groups }: RuleFile,
  { config, notifications, externalURL }: Mailed,
): Mail {
  const rule = groups[0]!.rules[0]!;
  const [{ metric }] = when;
  const instance = {
    labels: metric.by.includes("source") ? { source: config.sources.expected[0]!.source } : {},
    values: Object.fromEntries(when.map(({ value, example }) => [value, example])),
    startsAt: STARTS_AT,
  };
  const [contactPoint] = notifications.contactPoints;
  const templates = notifications.templates.map(({ template }) => template).join("\n");
  const groupLabels = { alertname: rule.title, grafana_folder: FOLDER };
  const alerts = [alertOf({ ...rule, folder: FOLDER }, instance, { externalURL })];
  return mailOf(
    { ...contactPoint!.receivers[0]!.settings, templates },
    { alerts, receiver: contactPoint!.name, externalURL, groupLabels, now: SENT_AT },
    {
      faulty: (error) => {
        throw new Error(`the mail of ${rule.uid} cannot be written: ${error}`);
      },
    },
  );
}
