import { escapeQuery, unescapeQuery } from "../run/escape.ts";
import { type Functions, fn, ofText, variadic } from "../run/run.ts";
import { ANY, INT, isStruct, STRING, truth, type Value } from "../value.ts";
import { decodeBase64 } from "./base64.ts";
import { fromJson } from "./json.ts";
import { countMatches, replaceAll, replaceAllLiteral } from "./regexp.ts";
import {
  align,
  indent,
  lower,
  repeat,
  replace,
  substr,
  title,
  trimBoth,
  trimLeft,
  trimPrefix,
  trimRight,
  trimSpace,
  trimSuffix,
  trunc,
  upper,
} from "./texts.ts";

const two = (body: (a: string, b: string) => Value) => fn([STRING, STRING], body);
const three = (body: (a: string, b: string, c: string) => Value) => fn([STRING, STRING, STRING], body);
const counted = (body: (count: bigint, text: string) => Value) => fn([INT, STRING], body);

const isEmpty = (value: Value): boolean => !isStruct(value) && !truth(value);

/** LogQL's functions over texts. */
export const TEXTS: Functions = {
  ToLower: ofText(lower),
  ToUpper: ofText(upper),
  Replace: fn([STRING, STRING, STRING, INT], (text: string, from: string, to: string, limit: bigint) =>
    replace(text, { from, to, limit }),
  ),
  Trim: two(trimBoth),
  TrimLeft: two(trimLeft),
  TrimRight: two(trimRight),
  TrimPrefix: two(trimPrefix),
  TrimSuffix: two(trimSuffix),
  TrimSpace: ofText(trimSpace),
  lower: ofText(lower),
  upper: ofText(upper),
  title: ofText(title),
  trunc: counted(trunc),
  substr: fn([INT, INT, STRING], substr),
  replace: three((from, to, text) => replace(text, { from, to })),
  trim: ofText(trimSpace),
  trimAll: two((cutset, text) => trimBoth(text, cutset)),
  trimSuffix: two((suffix, text) => trimSuffix(text, suffix)),
  trimPrefix: two((prefix, text) => trimPrefix(text, prefix)),
  alignLeft: counted(align("left")),
  alignRight: counted(align("right")),
  indent: counted(indent),
  nindent: counted((spaces, text) => `\n${indent(spaces, text)}`),
  repeat: counted(repeat),
  contains: two((part, text) => text.includes(part)),
  hasPrefix: two((prefix, text) => text.startsWith(prefix)),
  hasSuffix: two((suffix, text) => text.endsWith(suffix)),
  regexReplaceAll: three(replaceAll),
  regexReplaceAllLiteral: three(replaceAllLiteral),
  count: two((pattern, text) => BigInt(countMatches(pattern, text))),
  default: variadic([ANY, ANY], (fallback: Value, given: readonly Value[]) =>
    given.length === 0 || isEmpty(given[0]) ? fallback : given[0],
  ),
  fromJson: ofText(fromJson),
  b64enc: ofText((text) => Buffer.from(text).toString("base64")),
  b64dec: ofText(decodeBase64),
  urlencode: ofText(escapeQuery),
  urldecode: ofText(unescapeQuery),
};
