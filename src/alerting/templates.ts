import { kept } from "../core/kept.ts";
import type { Labels } from "../logql/evaluate/labels.ts";
import { TemplateError, TemplateSyntaxError } from "../logql/template/errors.ts";
import { parseTemplate } from "../logql/template/parse/parse.ts";
import { compileTemplates, type Template } from "../logql/template/run/compile.ts";
import type { Functions } from "../logql/template/run/run.ts";
import type { Value } from "../logql/template/value.ts";
import { annotationFunctions } from "./annotation-functions.ts";
import { ruleLabels } from "./labels.ts";
import type { Clock } from "./namespaces.ts";
import { type Notification, notificationData } from "./notification-data.ts";
import { notificationFunctions } from "./notification-functions.ts";
import { type RuleValue, ruleData, ruleValues } from "./rule-values.ts";

/** One instance: its labels, and its values by reference (none without an answer). */
type Instance = Readonly<{ labels: Labels; values: Readonly<Record<string, number>>; externalURL: string }>;

const PREFIX = "{{- $labels := .Labels -}}{{- $values := .Values -}}{{- $value := .Value -}}";
/** What Grafana adds to the labels of an instance for its templates. */
const ADDED: Labels = { __alert_rule_namespace_uid__: "tf", __alert_rule_uid__: "<uid>", grafana_folder: "tf" };

const isTemplateError = (error: unknown): error is Error =>
  error instanceof TemplateError || error instanceof TemplateSyntaxError;
const ofQuery = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== "alertname" && !Object.hasOwn(ADDED, name)));

/** What Grafana shows for an annotation of a rule's instance; a template with an error stands as it is. */
export const renderAnnotation = (template: string, { labels, externalURL, values: numbers }: Instance): string => {
  const value = Object.values(numbers)[0] ?? Number.NaN;
  const query = ofQuery(labels);
  const values = Object.fromEntries(
    Object.entries(numbers).map(([id, number]) => [id, { labels: query, value: number }]),
  );
  return renderWith(template, { labels: { ...ADDED, ...labels }, values, value, externalURL });
};

/** One instance of a rule: all its labels, the value of each query and expression, and the rule's own. */
type Evaluated = Readonly<{
  labels: Labels;
  values: Readonly<Record<string, RuleValue>>;
  value: number;
  externalURL: string;
}>;

/** The same for a rule whose values have any names. */
export const renderWith = (template: string, { labels, values, value, externalURL }: Evaluated): string => {
  const name = `__alert_${labels.alertname ?? ""}`;
  const functions = annotationFunctions(externalURL, (called, data) => run(called, data));
  let run: Template;
  try {
    const knows = (called: string) => Object.hasOwn(functions, called);
    run = compileTemplates(parseTemplate(PREFIX + template, { name, knows }), { functions, missingKey: "default" });
    const text = run(name, ruleData({ labels: ruleLabels(labels), values: ruleValues(values), value }));
    return text.replaceAll("<no value>", "[no value]");
  } catch (error) {
    if (isTemplateError(error)) return template;
    throw error;
  }
};

type Rendered = { readonly text: string } | { readonly error: string };
const START = '{{ define "o" }}';

const CLOCK: Clock = { now: () => BigInt(Date.now()) * 1_000_000n };
/** Compiles a file of notification templates; its texts may define and run others. Every mail runs the same file. */
const compileNotification = kept(20, (source): Template => {
  const inline = (text: string, data: Value): string => compileFile(text, functions)("t", data);
  const functions = notificationFunctions(CLOCK, { exec: (name, data) => run(name, data), inline });
  const run = compileFile(source, functions);
  return run;
});
const compileFile = (source: string, functions: Functions): Template => {
  const knows = (name: string) => Object.hasOwn(functions, name);
  const trees = parseTemplate(source, { name: "t", knows, nestedDefinitions: true });
  const unnamed = new Map([...trees].map(([name, tree]) => [name, { ...tree, file: "" }]));
  return compileTemplates(unnamed, { functions, missingKey: "zero" });
};

/** What Grafana's template test answers for a notification template's body, or for a file of which `name` is run. */
export const renderNotification = (
  template: string,
  notification: Notification & { readonly name?: string },
): Rendered => {
  const { name } = notification;
  const source = name === undefined ? `${START}${template.trimStart()}{{ end }}` : template;
  try {
    return { text: compileNotification(source)(name ?? "o", notificationData(notification)) };
  } catch (error) {
    if (isTemplateError(error)) return { error: error.message };
    throw error;
  }
};
