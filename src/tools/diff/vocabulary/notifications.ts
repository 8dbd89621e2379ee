import { asList, asText, isObject, type Json, type JsonObject } from "../json.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";
import { duration, type List, name, named, type Scope, said, text, yesNo } from "./scope.ts";

const receivers = named({
  of: "receiver",
  key: "uid",
  noun: (item, key, _, items) => (items.length > 1 ? `${asText(item.type) ?? "receiver"} ${key}` : ""),
  scope: {
    terms: {
      disableResolveMessage: said("says when it is over", (value) =>
        say.yesNo(typeof value === "boolean" ? !value : value),
      ),
      "settings.addresses": "addresses",
      "settings.subject": text("subject"),
      "settings.message": text("message"),
    },
  },
  say: ({ type, settings }) => [asText(type), inWords(settings ?? {})].filter((one) => one !== undefined).join(" "),
});
export const contactPointScope: Scope = { terms: { name, $file: "file" }, lists: { receivers } };

/** Says label matchers, in Grafana's three ways to write them, as `severity = critical`. */
function matchers({ object_matchers, matchers: texts, match, match_re }: JsonObject): string {
  const triples = asList(object_matchers).map((item) => asList(item).join(" "));
  const plain = asList(texts).map((item) => (typeof item === "string" ? item : inWords(item)));
  const pairs = (value: Json | undefined, op: string) =>
    isObject(value) ? Object.entries(value).map(([label, one]) => `${label} ${op} ${one}`) : [];
  return [...triples, ...plain, ...pairs(match, "="), ...pairs(match_re, "=~")].join(" and ");
}

const terms: Scope["terms"] = {
  receiver: "contact point",
  group_by: said("grouped by", say.listed),
  group_wait: duration("first message after"),
  group_interval: duration("next message of a group after"),
  repeat_interval: duration("repeated every"),
  object_matchers: said("for", (value) => matchers({ object_matchers: value }) || undefined),
  matchers: said("for", (value) => matchers({ matchers: value }) || undefined),
  mute_time_intervals: said("muted during", say.listed),
  continue: yesNo("goes on to the next route"),
  $file: "file",
};
const routes: List = {
  key: (item) => matchers(item) || asText(item.receiver),
  noun: (_, key) => `route for ${key}`,
  scope: {
    terms,
    lists: {
      get routes() {
        return routes;
      },
    },
  },
  say: ({ receiver }) => `to ${inWords(receiver ?? null)}`,
  order: "order of routes",
};
/** The words for the tree of notification policies. */
export const policyScope: Scope = { terms, lists: { routes } };
