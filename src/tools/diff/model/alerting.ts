import { LISTS, type Part, TOMBSTONES } from "../../../core/documents/recognise.ts";
import { ruleOfResource } from "../../../core/documents/rules.ts";
import { asList, asObject, asText, get, isList, isObject, type Json, type JsonObject, without } from "../json.ts";
import type { Entity, Kind } from "./model.ts";
import { withoutSecrets } from "./secrets.ts";

const itemOf = (value: Json): JsonObject => (isObject(value) ? value : { value });
const number = (value: Json | undefined): string => (value === undefined ? "1" : String(value));

const receiverOf = (item: Json): Json => {
  const receiver = asObject(item);
  return isObject(receiver.settings) ? { ...receiver, settings: withoutSecrets(receiver.settings) } : item;
};

/** A contact point, a policy, a template or a mute timing. */
function thingOf(kind: Kind, file: string, body: JsonObject): Entity {
  const org = number(body.orgId);
  if (kind === "policy") return { kind, id: org, title: `of organisation ${org}`, file, body };
  const receivers = isList(body.receivers) && { receivers: body.receivers.map(receiverOf) };
  return { kind, id: undefined, title: asText(body.name) ?? "", file, body: { ...body, ...receivers } };
}

/** A tombstone: Grafana removes the thing that it names. */
function tombstoneOf(list: string, file: string, body: JsonObject): Entity {
  const name = asText(body.uid) ?? asText(body.name) ?? number(body.orgId ?? body.value);
  const id = `${list} ${number(body.orgId)} ${name}`;
  return { kind: "retired", id, title: `${TOMBSTONES[list]} ${name}`, file, body };
}

/** Whether a tombstone is the one of a thing. */
export const isTombstoneOf = (tombstone: Entity, { kind, id, title, body }: Entity): boolean => {
  const receivers = asList(body.receivers).map((receiver) => asText(asObject(receiver).uid));
  const name = kind === "rule" ? id : title;
  const names = kind === "contact point" ? receivers : [name];
  return tombstone.kind === "retired" && names.some((one) => tombstone.title === `${kind} ${one}`);
};

/** A rule keeps its group's folder, name and interval; Grafana's, Prometheus' and the Loki ruler's rules alike. */
const rulesOf = (file: string, group: JsonObject): readonly Entity[] =>
  asList(group.rules).map((item) => {
    const rule = itemOf(item);
    const title = asText(rule.title) ?? asText(rule.alert) ?? asText(rule.record) ?? "";
    return { kind: "rule", id: asText(rule.uid), title, file, body: { ...rule, $group: without(group, "rules") } };
  });

/** The alerting things of a document, and the document without them. */
export function alertingOf(
  file: string,
  document: JsonObject,
): Readonly<{ entities: readonly Entity[]; rest: JsonObject }> {
  const groups = asList(document.groups).map(asObject);
  const empty = groups.filter(({ rules }) => asList(rules).length === 0);
  const lists = Object.keys({ ...LISTS, ...TOMBSTONES }).filter((key) => asList(document[key]).length > 0);
  const things = lists.flatMap((key) =>
    asList(document[key])
      .map(itemOf)
      .map((item) => (LISTS[key] ? thingOf(LISTS[key], file, item) : tombstoneOf(key, file, item))),
  );
  const rest = without(document, ...lists, ...(groups.length > 0 ? ["groups"] : []));
  return {
    entities: [...groups.flatMap((group) => rulesOf(file, group)), ...things],
    rest: empty.length > 0 ? { ...rest, groups: empty } : rest,
  };
}

type Named = Readonly<{ kind: Part["kind"]; body: JsonObject; named?: string }>;

function ruleResource(file: string, { body, named }: Named): Entity {
  const rule = ruleOfResource(body);
  return {
    kind: "rule",
    id: asText(get(body, "metadata", "name")) ?? named,
    title: asText(rule.title) ?? "",
    file,
    body: rule,
  };
}

/** The things of alerting that stand alone (rules, contact points…), as Grafana's API and its resources have them. */
export function aloneOf(file: string, part: Named): readonly Entity[] {
  const { kind, body } = part;
  if (kind === "rule group") return rulesOf(file, body);
  if (kind === "rule") return rulesOf(file, { rules: [body] }).map((rule) => ({ ...rule, body }));
  if (kind === "rule resource") return [ruleResource(file, part)];
  if (kind === "policy" || kind === "mute timing" || kind === "template") return [thingOf(kind, file, body)];
  if (kind !== "contact point") return [];
  // The API has one receiver each of the name that several share.
  const { name = "", ...receiver } = body;
  return [{ ...thingOf(kind, file, { name, receivers: [receiver] }), id: asText(body.uid) }];
}
