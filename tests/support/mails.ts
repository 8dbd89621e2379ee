import { parse } from "yaml";
import { type Mail, type MailedInstance, type MailedRule, mailOf } from "../../src/alerting/mails.ts";
import { renderAnnotation } from "../../src/alerting/templates.ts";

/** The generated files of alerting, as text by their name. */
export type Files = (name: string) => string;

const EXTERNAL = "http://localhost:3000/";
const place = { folder: "data-alerts", receiver: "equipe-donnees", externalURL: EXTERNAL, now: "2026-11-27T03:05:00Z" };

const ruleIn = (files: Files, name: string): MailedRule => parse(files(`${name}.yml`)).groups[0].rules[0];

/** The subject and the text of a rule's mail, as one text. */
export function mail(files: Files, name: string, instances: readonly MailedInstance[]): string {
  const { contactPoints, templates } = parse(files("alerting.yml"));
  const texts = { ...contactPoints[0].receivers[0].settings, template: templates[0].template };
  const { subject, text }: Mail = mailOf(ruleIn(files, name), instances, { texts, place });
  return `${subject}\n\n${text}`;
}

type Values = Readonly<Record<string, number>>;
/** The summary and the description of a rule's instance. */
export function annotations(
  files: Files,
  name: string,
  { labels = {}, values }: { labels?: Readonly<Record<string, string>>; values: Values },
): string {
  const { summary, description } = ruleIn(files, name).annotations;
  return [summary!, description!]
    .map((text) => renderAnnotation(text, { labels, values, externalURL: EXTERNAL }))
    .join("\n\n");
}

/** The values of the rule whose texts were recorded: what it measured, and whether that is above its threshold. */
export const recordedValues = (measured: string): Values => {
  const value = measured === "+Inf" ? Number.POSITIVE_INFINITY : Number(measured);
  return { B: value, C: Number(value > -1000) };
};
