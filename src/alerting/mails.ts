import type { Alert, Notification } from "./notification-data.ts";
import type { Rule } from "./provisioned.ts";
import { renderAnnotation, renderNotification } from "./templates.ts";
import type { Labels } from "./values.ts";

/** What the mails of a rule are made of. */
export type MailedRule = Pick<Rule, "uid" | "title" | "folder" | "annotations" | "labels">;
/** One instance that fires, or did, and its values by reference. */
export type MailedInstance = Pick<Alert, "labels" | "startsAt" | "endsAt"> &
  Readonly<{ values: Readonly<Record<string, number>> }>;
/** The subject and message of a contact point, and the templates that these use. */
type MailTexts = Readonly<Record<"subject" | "message" | "templates", string>>;
export type Mail = Readonly<Record<"subject" | "text", string>>;

/** The labels that an instance's alert has. */
export const alertLabels = ({ labels, title, folder }: MailedRule, instance: Labels): Labels => ({
  ...instance,
  ...labels,
  alertname: title,
  grafana_folder: folder,
});

/** The alert that Grafana sends of an instance of a rule. */
export function alertOf(
  rule: MailedRule,
  { labels: series, values, ...times }: MailedInstance,
  { externalURL }: Pick<Notification, "externalURL">,
): Alert {
  const labels = { ...alertLabels(rule, series), __alert_rule_uid__: rule.uid };
  const written = ([name, text]: readonly [string, string]) =>
    [name, renderAnnotation(text, { labels, series, values, externalURL })] as const;
  return { labels, annotations: Object.fromEntries(Object.entries(rule.annotations).map(written)), ...times };
}

/** A name that no file of templates gives. */
const OWN = "__mail__";
/** The mail of some alerts; `faulty` says what stands for a text whose template fails. */
export function mailOf(
  { subject, message, templates }: MailTexts,
  notification: Notification,
  { faulty }: Readonly<{ faulty: (error: string) => string }>,
): Mail {
  const written = (text: string) => {
    const rendered = renderNotification(`${templates}\n{{ define "${OWN}" }}${text}{{ end }}`, OWN, notification);
    return "text" in rendered ? rendered.text : faulty(rendered.error);
  };
  return { subject: written(subject), text: written(message) };
}
