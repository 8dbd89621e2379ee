import { kept } from "../core/kept.ts";
import { TemplateError, TemplateSyntaxError } from "../logql/template/errors.ts";
import { parseTemplate } from "../logql/template/parse/parse.ts";
import { compileTemplates, type Template } from "../logql/template/run/compile.ts";
import type { Functions } from "../logql/template/run/run.ts";
import type { Value } from "../logql/template/value.ts";
import { annotationFunctions } from "./annotation-functions.ts";
import type { Clock } from "./namespaces.ts";
import { type Notification, notificationData } from "./notification-data.ts";
import { notificationFunctions } from "./notification-functions.ts";
import { type RuleData, ruleData } from "./rule-values.ts";

const PREFIX = "{{- $labels := .Labels -}}{{- $values := .Values -}}{{- $value := .Value -}}";

const isTemplateError = (error: unknown): error is Error =>
  error instanceof TemplateError || error instanceof TemplateSyntaxError;

/** What Grafana shows for an annotation of a rule's instance; a template with an error stands as it is. */
export const renderAnnotation = (
  template: string,
  { externalURL, ...data }: RuleData & Readonly<{ externalURL: string }>,
): string => {
  const name = `__alert_${data.labels.alertname ?? ""}`;
  const functions = annotationFunctions(externalURL, (called, data) => run(called, data));
  let run: Template;
  try {
    const knows = (called: string) => Object.hasOwn(functions, called);
    run = compileTemplates(parseTemplate(PREFIX + template, { name, knows }), { functions, missingKey: "default" });
    return run(name, ruleData(data)).replaceAll("<no value>", "[no value]");
  } catch (error) {
    if (isTemplateError(error)) return template;
    throw error;
  }
};

type Rendered = { readonly text: string } | { readonly error: string };

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

/** What Grafana's template test answers for a file of notification templates of which `name` is run. */
export const renderNotification = (source: string, name: string, notification: Notification): Rendered => {
  try {
    return { text: compileNotification(source)(name, notificationData(notification)) };
  } catch (error) {
    if (isTemplateError(error)) return { error: error.message };
    throw error;
  }
};
