import { asList, asObject, asText, isObject, type Json, type JsonObject } from "../json.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";
import type { List, Scope, Term } from "./scope.ts";

const receivers: List = {
  key: ({ uid }) => asText(uid),
  noun: (item, key, _, items) => (items.length > 1 ? `${asText(item.type) ?? "receiver"} ${key}` : ""),
  scope: {
    terms: {
      disableResolveMessage: {
        what: "says when it is over",
        say: (value) => (typeof value === "boolean" ? (value ? "no" : "yes") : undefined),
      },
      "settings.addresses": { what: "addresses" },
      "settings.subject": { what: "subject", form: "text" },
      "settings.message": { what: "message", form: "text" },
    },
  },
  say: ({ type, settings }) => [asText(type), inWords(settings ?? {})].filter((text) => text !== undefined).join(" "),
};
export const contactPointScope: Scope = {
  terms: { name: { what: "name", form: "name" }, $file: { what: "file" } },
  lists: { receivers },
};
export const contactPointSummary = ({ receivers: all }: JsonObject): string =>
  asList(all)
    .map((item) => asText(asObject(item).type) ?? "receiver")
    .join(", ");

/** Says label matchers, in Grafana's three ways to write them, as `severity = critical`. */
function matchers({ object_matchers, matchers: texts, match, match_re }: JsonObject): string {
  const triples = asList(object_matchers).map((item) => asList(item).join(" "));
  const plain = asList(texts).map((item) => (typeof item === "string" ? item : inWords(item)));
  const pairs = (value: Json | undefined, op: string) =>
    isObject(value) ? Object.entries(value).map(([name, text]) => `${name} ${op} ${text}`) : [];
  return [...triples, ...plain, ...pairs(match, "="), ...pairs(match_re, "=~")].join(" and ");
}

const timing = (what: string): Term => ({ what, say: say.duration });
const terms: Readonly<Record<string, Term>> = {
  receiver: { what: "contact point" },
  group_by: { what: "grouped by", say: say.listed },
  group_wait: timing("first message after"),
  group_interval: timing("next message of a group after"),
  repeat_interval: timing("repeated every"),
  object_matchers: { what: "for", say: (value) => matchers({ object_matchers: value }) || undefined },
  matchers: { what: "for", say: (value) => matchers({ matchers: value }) || undefined },
  mute_time_intervals: { what: "muted during", say: say.listed },
  continue: { what: "goes on to the next route", say: say.yesNo },
  $file: { what: "file" },
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

export const templateScope: Scope = {
  terms: { template: { what: "text", form: "text" }, name: { what: "name", form: "name" }, $file: { what: "file" } },
};
export const muteTimingScope: Scope = { terms: { name: { what: "name", form: "name" }, $file: { what: "file" } } };
