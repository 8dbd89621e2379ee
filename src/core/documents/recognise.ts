import type { Document } from "./document.ts";
import { embeddedIn } from "./embedded.ts";
import {
  asList,
  asText,
  type Container,
  entriesOf,
  get,
  isContainer,
  isList,
  isObject,
  type Json,
  type JsonObject,
} from "./json.ts";
import type { Position } from "./positions.ts";

/** What a part of a document is; `alerting` is a provisioning or ruler file (rule groups, contact points…). */
export type Kind = OfDashboards | OfRules | OfNotifications | "alerting";
type OfDashboards = "dashboard" | "dashboard v2" | "library panel" | "panel";
type OfRules = "rule group" | "rule resource" | "rule";
type OfNotifications = "contact point" | "policy" | "mute timing" | "template";
/** A thing of Grafana or of Loki's ruler; `path` are the keys that lead to it, through texts that hold documents. */
export type Part = Readonly<{
  kind: Kind;
  body: JsonObject;
  document: Document;
  path: readonly string[];
  named?: string;
}>;
/** A text in a document that looks like one itself and cannot be read. */
type Unread = Readonly<{ place: Position; reason: string }>;
export type Recognised = Readonly<{ parts: readonly Part[]; unread: readonly Unread[]; embedded: readonly Embedded[] }>;
/** A document of a text that has something in it. */
type Embedded = Readonly<{ path: readonly string[]; value: Json }>;

/** The lists of an alerting file beside its groups of rules, with what each holds. */
export const LISTS: Readonly<Record<string, OfNotifications>> = {
  contactPoints: "contact point",
  policies: "policy",
  muteTimes: "mute timing",
  templates: "template",
};
/** Its lists of what Grafana is to remove, with what each names. */
export const TOMBSTONES: Readonly<Record<string, string>> = {
  deleteRules: "rule",
  deleteContactPoints: "contact point",
  deleteTemplates: "template",
  deleteMuteTimes: "mute timing",
  resetPolicies: "policies of organisation",
};

const isDashboard = (value: JsonObject) =>
  [value.panels, value.rows, get(value, "templating", "list"), get(value, "annotations", "list")].some(isList);
const isV2 = ({ elements, layout }: JsonObject) => isObject(elements) && isObject(layout);
const isLibraryPanel = ({ model, data }: JsonObject) => isObject(model) && data === undefined && isList(model.targets);
const OF_RULES = "expr alert record grafana_alert query condition for".split(" ");
const isRule = (rule: Json) => isObject(rule) && OF_RULES.some((key) => rule[key] !== undefined && !isList(rule[key]));
const isGrafanaRule = (rule: Json) =>
  isObject(rule) && asList(rule.data).some((query) => isObject(get(query, "model")));
const isGroup = (value: Json) =>
  isObject(value) && asList(value.rules).some((rule) => isRule(rule) || isGrafanaRule(rule));
const isAlerting = (value: JsonObject) =>
  asList(value.groups).some(isGroup) ||
  Object.keys({ ...LISTS, ...TOMBSTONES }).some((key) => asList(value[key]).length > 0);
const isRuleResource = ({ apiVersion, spec }: JsonObject) =>
  asText(apiVersion)?.startsWith("rules.alerting.grafana.app/") === true && isObject(spec);
const isPolicy = ({ receiver, routes, group_by: by }: JsonObject) =>
  typeof receiver === "string" && (isList(routes) || isList(by));

/** What Grafana's API answers as a list of its own. */
function kindInList(item: JsonObject): Kind | undefined {
  if (typeof item.type === "string" && isObject(item.settings)) return "contact point";
  if (typeof item.name !== "string") return undefined;
  if (isList(item.time_intervals)) return "mute timing";
  return typeof item.template === "string" ? "template" : undefined;
}

function kindOf(value: JsonObject, within: "file" | "list" | "inside"): Kind | undefined {
  if (isV2(value)) return "dashboard v2";
  if (isDashboard(value)) return "dashboard";
  if (isAlerting(value)) return "alerting";
  if (isRuleResource(value)) return "rule resource";
  if (isGroup(value)) return "rule group";
  if (isGrafanaRule(value)) return "rule";
  if (isLibraryPanel(value)) return "library panel";
  if (isList(value.targets)) return "panel";
  if (within === "file" && isPolicy(value)) return "policy";
  return within === "inside" ? undefined : kindInList(value);
}

/** The name that a Kubernetes resource gives what it holds. */
const nameOf = (value: JsonObject): string | undefined => asText(get(value, "metadata", "name"));

/** Says what a document holds, however wrapped: in an API's answer, a list, a resource, a text of another document. */
export function recognise(document: Document): Recognised {
  const parts: Part[] = [];
  const unread: Unread[] = [];
  const embedded: Embedded[] = [];
  type Here = Readonly<{
    document: Document;
    path: readonly string[];
    named: string | undefined;
    within: "file" | "list" | "inside";
  }>;

  const visit = (value: Json, here: Here): void => {
    if (!isContainer(value)) return;
    const kind = isObject(value) ? kindOf(value, here.within) : undefined;
    const named = here.named === undefined ? {} : { named: here.named };
    if (!kind) inside(value, here);
    else parts.push({ kind, body: value as JsonObject, document: here.document, path: here.path, ...named });
  };
  const inside = (value: Container, here: Here): void => {
    const within = isList(value) && here.within === "file" ? "list" : "inside";
    const named = isObject(value) ? (nameOf(value) ?? here.named) : here.named;
    for (const [key, item] of entriesOf(value)) {
      const next: Here = { document: here.document, path: [...here.path, key], named, within };
      if (isContainer(item)) visit(item, next);
      else if (typeof item === "string") text(value, key, next);
    }
  };
  const text = (container: Container, key: string, here: Here): void => {
    const found = embeddedIn(here.document, { container, key });
    if ("reason" in found) unread.push(found);
    const before = parts.length;
    const texts = "reason" in found ? [] : found.documents;
    const documents = texts.map((one, index) => ({ one, path: [...here.path, String(index)] }));
    for (const { one, path } of documents) visit(one.value, { ...here, path, document: one, within: "file" });
    if (parts.length > before) embedded.push(...documents.map(({ one, path }) => ({ path, value: one.value })));
  };
  visit(document.value, { document, path: [], named: undefined, within: "file" });
  return { parts, unread, embedded };
}
