import type { Labels } from "../logql/evaluate/labels.ts";
import type { Alert } from "./notification-data.ts";
import { renderAnnotation, renderNotification } from "./templates.ts";

type Texts<Name extends string> = Readonly<Record<Name, string>>;
type Query = Texts<"refId" | "datasourceUid">;
/** A rule as its provisioning file has it. */
export type MailedRule = Texts<"uid" | "title"> &
  Readonly<{ annotations: Labels; labels: Labels; data: readonly Query[] }>;
/** The subject and message of a contact point, and the templates that these use. */
type MailTexts = Texts<"subject" | "message" | "template">;
/** One instance that fires, or did: its values by reference; none, and the error, when its query was not answered. */
export type MailedInstance = {
  readonly labels?: Labels;
  readonly values: Readonly<Record<string, number>>;
  readonly error?: string;
  readonly startsAt: string;
  readonly endsAt?: string;
};
type MailPlace = Texts<"folder" | "receiver" | "externalURL" | "now">;
export type Mail = Texts<"subject" | "text">;

/** The labels of the alert that Grafana sends for a rule that it could not evaluate. */
const unanswered = (rule: MailedRule): Labels => {
  const [{ datasourceUid = "", refId = "" } = {}] = rule.data as readonly Partial<Query>[];
  return { alertname: "DatasourceError", rulename: rule.title, datasource_uid: datasourceUid, ref_id: refId };
};

const alertOf = (rule: MailedRule, instance: MailedInstance, { folder, externalURL }: MailPlace): Alert => {
  const { uid, title, annotations, labels } = rule;
  const { values, error, startsAt, endsAt } = instance;
  const named = error === undefined ? { alertname: title } : unanswered(rule);
  const all = { ...instance.labels, ...labels, ...named, grafana_folder: folder, __alert_rule_uid__: uid };
  const rendered = (text: string) => renderAnnotation(text, { labels: all, values, externalURL });
  const texts = Object.fromEntries(Object.entries(annotations).map(([name, text]) => [name, rendered(text)]));
  return {
    labels: all,
    annotations: { ...texts, ...(error && { Error: error }) },
    startsAt,
    ...(endsAt && { endsAt }),
  };
};

/** The mail that Grafana sends of instances of a rule; throws where a template of it fails. */
export const mailOf = (
  rule: MailedRule,
  instances: readonly MailedInstance[],
  { texts, place }: { texts: MailTexts; place: MailPlace },
): Mail => {
  const alerts = instances.map((instance) => alertOf(rule, instance, place));
  const { alertname = rule.title } = alerts[0]?.labels ?? {};
  const { receiver, externalURL, now, folder } = place;
  const notification = { alerts, receiver, externalURL, now, groupLabels: { alertname, grafana_folder: folder } };
  const rendered = (text: string): string => {
    const template = `${texts.template}{{ define "mail" }}${text}{{ end }}`;
    const result = renderNotification(template, { ...notification, name: "mail" });
    if ("error" in result) throw new Error(`the mail of ${rule.uid} cannot be written: ${result.error}`);
    return result.text;
  };
  return { subject: rendered(texts.subject), text: rendered(texts.message) };
};
