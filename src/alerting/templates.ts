import { TemplateError, TemplateSyntaxError } from "../logql/template/errors.ts";
import { parseFloatText } from "../logql/template/functions/convert.ts";
import { parseTemplate } from "../logql/template/parse/parse.ts";
import { compileTemplates } from "../logql/template/run/compile.ts";
import { annotationFunctions } from "./annotation-functions.ts";
import { type Labels, ruleLabels } from "./labels.ts";
import { type Notification, notificationData } from "./notification-data.ts";
import { notificationFunctions } from "./notification-functions.ts";
import { ruleData, ruleValues } from "./rule-values.ts";

/** One instance of a rule: its labels, and `b`, the text of its value. */
export type Instance = { readonly labels: Labels; readonly b: string; readonly externalURL: string };

const PREFIX = "{{- $labels := .Labels -}}{{- $values := .Values -}}{{- $value := .Value -}}";
/** What Grafana adds to the labels of an instance for its templates. */
const ADDED: Labels = { __alert_rule_namespace_uid__: "tf", __alert_rule_uid__: "<uid>", grafana_folder: "tf" };
const THRESHOLD = -1000;

const isTemplateError = (error: unknown): error is Error => error instanceof TemplateError || error instanceof TemplateSyntaxError;
const ofQuery = (labels: Labels): Labels => Object.fromEntries(Object.entries(labels).filter(([name]) => name !== "alertname" && !Object.hasOwn(ADDED, name)));

/** What Grafana shows for an annotation of a rule's instance; a template with an error stands as it is. */
export const renderAnnotation = (template: string, { labels, b, externalURL }: Instance): string => {
  const name = `__alert_${labels.alertname ?? ""}`;
  const functions = annotationFunctions(externalURL);
  const value = parseFloatText(b) ?? Number.NaN;
  const query = ofQuery(labels);
  const values = ruleValues({ B: { labels: query, value }, C: { labels: query, value: Number(value > THRESHOLD) } });
  try {
    const trees = parseTemplate(PREFIX + template, { name, knows: (known) => Object.hasOwn(functions, known) });
    const run = compileTemplates(trees, { functions, missingKey: "default" });
    return run(name, ruleData({ labels: ruleLabels({ ...ADDED, ...labels }), values, value })).replaceAll("<no value>", "[no value]");
  } catch (error) {
    if (isTemplateError(error)) return template;
    throw error;
  }
};

export type Rendered = { readonly text: string } | { readonly error: string };
const START = '{{ define "o" }}';

/** What Grafana's template test answers for the body of a notification template, or for a whole file of them whose `name` is run. */
export const renderNotification = (template: string, notification: Notification & { readonly name?: string }): Rendered => {
  const { name = "o" } = notification;
  const source = notification.name === undefined ? `${START}${template.trimStart()}{{ end }}` : template;
  const functions = notificationFunctions({ now: () => BigInt(Date.now()) * 1_000_000n }, (called, data) => run(called, data));
  const run = (called: string, data: Parameters<typeof compiled>[1]): string => compiled(called, data);
  let compiled: ReturnType<typeof compileTemplates>;
  try {
    const trees = parseTemplate(source, { name: "t", knows: (known) => Object.hasOwn(functions, known), nestedDefinitions: true });
    const unnamed = new Map([...trees].map(([key, tree]) => [key, { ...tree, file: "" }]));
    compiled = compileTemplates(unnamed, { functions, missingKey: "zero" });
    return { text: compiled(name, notificationData(notification)) };
  } catch (error) {
    if (isTemplateError(error)) return { error: error.message };
    throw error;
  }
};
