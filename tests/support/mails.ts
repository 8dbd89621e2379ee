import { expect } from "vitest";
import { parse } from "yaml";
import { alertOf, type MailedRule, mailOf } from "../../src/alerting/mails.ts";
import type { Notification } from "../../src/alerting/notification-data.ts";
import { renderAnnotation, renderNotification } from "../../src/alerting/templates.ts";

type Texts = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, number>>;
/** The generated files of alerting, as text by their name. */
export type Files = (name: string) => string;
/** One instance; none of its values, and the error, when its query was not answered. */
export type Instance = Readonly<{ labels?: Texts; values: Values; error?: string; startsAt?: string; endsAt?: string }>;

const place = { externalURL: "http://localhost:3000/", now: "2026-11-27T03:05:00Z" };

function ruleIn(files: Files, name: string): MailedRule & Readonly<{ data: readonly Texts[] }> {
  const [{ folder, rules }] = parse(files(`${name}.yml`)).groups;
  return { ...rules[0], folder };
}

/** The rule of the alert that Grafana sends where it could not evaluate one. */
function unanswered({ data, ...rule }: ReturnType<typeof ruleIn>, error: string): MailedRule {
  const { datasourceUid, refId } = data[0]!;
  const named = { rulename: rule.title, datasource_uid: datasourceUid!, ref_id: refId! };
  const annotations = { ...rule.annotations, Error: error };
  return { ...rule, title: "DatasourceError", labels: { ...rule.labels, ...named }, annotations };
}

/** The subject and the text of a rule's mail, as one text; throws where a template of it fails. */
export function mail(files: Files, name: string, instances: readonly Instance[]): string {
  const { contactPoints, templates } = parse(files("alerting.yml"));
  const rule = ruleIn(files, name);
  const alerts = instances.map(({ error, labels = {}, ...instance }) =>
    alertOf(error === undefined ? rule : unanswered(rule, error), { labels, ...instance }, place),
  );
  const groupLabels = { alertname: alerts[0]!.labels.alertname!, grafana_folder: rule.folder };
  const faulty = (error: string): never => expect.fail(error);
  const { subject, text } = mailOf(
    { ...contactPoints[0].receivers[0].settings, templates: templates[0].template },
    { ...place, alerts, receiver: "equipe-donnees", groupLabels },
    { faulty },
  );
  return `${subject}\n\n${text}`;
}

/** The summary and the description of a rule's instance. */
export function annotations(files: Files, name: string, { labels = {}, values }: Instance): string {
  const { summary, description } = alertOf(ruleIn(files, name), { labels, values }, place).annotations;
  return `${summary}\n\n${description}`;
}

/** What the rule whose texts were recorded had besides its own labels. */
const ADDED = { __alert_rule_namespace_uid__: "tf", __alert_rule_uid__: "<uid>", grafana_folder: "tf" };
/** An annotation of that rule, about an instance of which so much was measured: that is `B`, and `C` its verdict. */
export function recordedAnnotation(
  template: string,
  { alertname, ...series }: Texts,
  { measured, externalURL }: Readonly<{ measured: string; externalURL: string }>,
): string {
  const B = measured === "+Inf" ? Number.POSITIVE_INFINITY : Number(measured);
  const labels = { ...ADDED, alertname: alertname!, ...series };
  return renderAnnotation(template, { labels, series, values: { B, C: Number(B > -1000) }, externalURL });
}

/** A template's body as Grafana's template test runs it. */
export const renderBody = (template: string, notification: Notification): ReturnType<typeof renderNotification> =>
  renderNotification(`{{ define "o" }}${template.trimStart()}{{ end }}`, "o", notification);
