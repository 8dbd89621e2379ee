import { createHash } from "node:crypto";
import { isList, isObject, type Json, type JsonObject } from "../json.ts";

const SECRET = /(?:token|password|secret|key|credentials|authorization|passwd|private)$/i;
const ALL_SECRET = /^secure_?(?:settings|json_?data)$/i;
/** A value that names where the secret is, or that was taken out already. */
const PLACEHOLDER = /^(?:\$|\[REDACTED\]$|<|\{\{|\*+$|$)/;

/** A secret told apart from another one by four digits of its fingerprint. */
const masked = (text: string): string =>
  PLACEHOLDER.test(text) ? text : `[secret ${createHash("sha256").update(text).digest("hex").slice(0, 4)}]`;
/** Of an address, what is behind the host and a name in front of it. */
const maskedAddress = (text: string): string =>
  text.replace(
    /^([a-z][\w+.-]*:\/\/)([^/?#@]*@)?([^/?#]*)([/?#].+)?$/i,
    (_, scheme: string, user = "", host: string, rest = "") => {
      const before = user === "" ? "" : `${masked(user)}@`;
      return `${scheme}${before}${host}${rest === "" || rest === "/" ? rest : `/${masked(rest)}`}`;
    },
  );

/** `all`: whatever the keys below are called. */
type Under = Readonly<{ key: string; all?: boolean }>;

function maskedValue(value: Json, { key, all = false }: Under): Json {
  if (isList(value)) return value.map((item) => maskedValue(item, { key, all }));
  if (isObject(value)) return maskedObject(value, { all: all || ALL_SECRET.test(key) });
  if (typeof value !== "string") return value;
  if (all || SECRET.test(key)) return masked(value);
  return /url|uri|webhook|endpoint/i.test(key) ? maskedAddress(value) : value;
}
const maskedObject = (object: JsonObject, { all }: Readonly<{ all: boolean }>): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, maskedValue(value, { key, all })]));

/** Settings of a contact point or a data source whose secrets nobody can read, though a change of one is seen. */
export const withoutSecrets = (settings: JsonObject): JsonObject => maskedObject(settings, { all: false });

const LINE = /^(\s*(?:-\s+)?["']?([\w-]+)["']?\s*:\s*["']?)([^"',\s][^"',\n]*)/gm;
/** A text that may hold contact points, line by line. */
export const textWithoutSecrets = (text: string): string =>
  text.replace(LINE, (_, before: string, key: string, value: string) => before + String(maskedValue(value, { key })));
