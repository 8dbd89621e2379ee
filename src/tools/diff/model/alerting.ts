import type { Part } from "../../../core/documents/recognise.ts";
import { asList, asObject, asText, get, isList, isObject, type Json, type JsonObject, without } from "../json.ts";
import type { Entity } from "./model.ts";
import { withoutSecrets } from "./secrets.ts";

type Read = (file: string, item: JsonObject) => Entity;

const number = (value: Json | undefined): string => (value === undefined ? "1" : String(value));

const receiverOf = (item: Json): Json => {
  const receiver = asObject(item);
  return isObject(receiver.settings) ? { ...receiver, settings: withoutSecrets(receiver.settings) } : item;
};
const contactPoint: Read = (file, body) => ({
  kind: "contact point",
  id: undefined,
  title: asText(body.name) ?? "",
  file,
  body: isList(body.receivers) ? { ...body, receivers: body.receivers.map(receiverOf) } : body,
});
const policy: Read = (file, body) => ({
  kind: "policy",
  id: number(body.orgId),
  title: `of organisation ${number(body.orgId)}`,
  file,
  body,
});
const template: Read = (file, body) => ({
  kind: "template",
  id: undefined,
  title: asText(body.name) ?? "",
  file,
  body,
});
const muteTiming: Read = (file, body) => ({
  kind: "mute timing",
  id: undefined,
  title: asText(body.name) ?? "",
  file,
  body,
});

/** A tombstone: Grafana removes the thing that it names. */
const retired = (list: string, what: string): Read => {
  return (file, body) => {
    const name = asText(body.uid) ?? asText(body.name) ?? number(body.orgId ?? body.value);
    return { kind: "retired", id: `${list} ${number(body.orgId)} ${name}`, title: `${what} ${name}`, file, body };
  };
};

/** Whether a tombstone is the one of a thing. */
export const isTombstoneOf = (tombstone: Entity, { kind, id, title, body }: Entity): boolean => {
  const names =
    kind === "contact point"
      ? asList(body.receivers).map((receiver) => asText(asObject(receiver).uid))
      : [kind === "rule" ? id : title];
  return tombstone.kind === "retired" && names.some((name) => tombstone.title === `${kind} ${name}`);
};

const LISTS: Readonly<Record<string, Read>> = {
  contactPoints: contactPoint,
  policies: policy,
  templates: template,
  muteTimes: muteTiming,
  deleteRules: retired("deleteRules", "rule"),
  deleteContactPoints: retired("deleteContactPoints", "contact point"),
  deleteTemplates: retired("deleteTemplates", "template"),
  deleteMuteTimes: retired("deleteMuteTimes", "mute timing"),
  deleteDatasources: retired("deleteDatasources", "data source"),
  resetPolicies: retired("resetPolicies", "policies of organisation"),
};

/** A rule keeps its group's folder, name and interval; Grafana's, Prometheus' and the Loki ruler's rules alike. */
export const rulesOf = (file: string, group: JsonObject): readonly Entity[] =>
  asList(group.rules).map((item) => {
    const rule = isObject(item) ? item : { value: item };
    const title = asText(rule.title) ?? asText(rule.alert) ?? asText(rule.record) ?? "";
    return { kind: "rule", id: asText(rule.uid), title, file, body: { ...rule, $group: without(group, "rules") } };
  });

/** The alerting things of a document, and the document without them. */
export function alertingOf(
  file: string,
  document: JsonObject,
): Readonly<{ entities: readonly Entity[]; rest: JsonObject }> {
  const groups = asList(document.groups).map(asObject);
  const rules = groups.flatMap((group) => rulesOf(file, group));
  const empty = groups.filter(({ rules }) => asList(rules).length === 0);
  const lists = Object.keys(LISTS).filter((key) => asList(document[key]).length > 0);
  const things = lists.flatMap((key) =>
    asList(document[key]).map((item) => LISTS[key]!(file, isObject(item) ? item : { value: item })),
  );
  const rest = without(document, ...lists, ...(groups.length > 0 ? ["groups"] : []));
  return { entities: [...rules, ...things], rest: empty.length > 0 ? { ...rest, groups: empty } : rest };
}

type Named = Readonly<{ kind: Part["kind"]; body: JsonObject; named?: string }>;

/** A rule as a Kubernetes resource, in the words of provisioning files. */
function ruleResource(file: string, { body, named }: Named): Entity {
  const { expressions, trigger, ...spec } = asObject(body.spec);
  const data = isObject(expressions)
    ? Object.entries(expressions).map(([refId, step]) => ({ refId, ...asObject(step) }))
    : [];
  const group = isObject(trigger) ? { $group: trigger } : {};
  const id = asText(get(body, "metadata", "name")) ?? named;
  return {
    kind: "rule",
    id,
    title: asText(spec.title) ?? "",
    file,
    body: { ...spec, ...(data.length > 0 && { data }), ...group },
  };
}

/** A contact point of the API: one receiver of the name that several share. */
function apiContactPoint(file: string, { uid, name, ...receiver }: JsonObject): Entity {
  const body = { name: name ?? "", receivers: [receiverOf({ ...(uid !== undefined && { uid }), ...receiver })] };
  return { kind: "contact point", id: asText(uid), title: asText(name) ?? "", file, body };
}

/** The things of alerting that stand alone: rules, contact points, policies… as Grafana's API and its resources have them. */
export function aloneOf(file: string, part: Named): readonly Entity[] {
  const { kind, body } = part;
  switch (kind) {
    case "rule group":
      return rulesOf(file, body);
    case "rule":
      return rulesOf(file, { rules: [body] }).map((rule) => ({ ...rule, body }));
    case "rule resource":
      return [ruleResource(file, part)];
    case "contact point":
      return [apiContactPoint(file, body)];
    case "policy":
      return [policy(file, body)];
    case "mute timing":
      return [muteTiming(file, body)];
    case "template":
      return [template(file, body)];
    default:
      return [];
  }
}
