import { CallError } from "../logql/template/errors.ts";
import { trimSpace } from "../logql/template/functions/texts.ts";
import { unescapeQuery } from "../logql/template/run/escape.ts";
import { type Functions, fn, ofText, variadic } from "../logql/template/run/run.ts";
import { duration } from "../logql/template/time/duration.ts";
import { civil } from "../logql/template/time/instant.ts";
import { formatDate } from "../logql/template/time/layout.ts";
import { instantIn, TIME, time } from "../logql/template/time/time.ts";
import { zoneOf } from "../logql/template/time/zone.ts";
import { ANY, type List, list, STRING, STRINGS, type Struct, type Value } from "../logql/template/value.ts";
import { COMMON } from "./common-functions.ts";
import { humanizeDuration } from "./humanize.ts";
import { type Clock, namespaces, type Runner } from "./namespaces.ts";

const SEGMENTS = new Intl.Segmenter("en", { granularity: "word" });
/** Each word with its first letter large and the others small, as Unicode cuts words. */
const titleCase = (text: string): string =>
  Array.from(SEGMENTS.segment(text), ({ segment }) =>
    segment.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase()),
  ).join("");

const inZone = (name: string, value: Struct): Value => {
  const zone = zoneOf(name);
  if (!zone) throw new CallError(`unknown time zone ${name}`);
  return time({ ...instantIn(value), zone });
};

/** The functions of Grafana's notification templates: Alertmanager's and Grafana's own. */
export const notificationFunctions = (clock: Clock, runner: Runner): Functions => ({
  ...COMMON,
  ...namespaces(clock, runner),
  title: ofText(titleCase),
  trimSpace: ofText(trimSpace),
  safeUrl: ofText((text) => text),
  urlUnescape: ofText(unescapeQuery),
  join: fn([STRING, STRINGS], (separator: string, { items }: List) => items.join(separator)),
  stringSlice: variadic([STRING], (items: readonly Value[]) => list(STRINGS, items)),
  date: fn([STRING, TIME], (layout: string, value: Struct) => formatDate(layout, civil(instantIn(value)))),
  tz: fn([STRING, TIME], inZone),
  since: fn([TIME], (value: Struct) => duration(clock.now() - instantIn(value).nanoseconds)),
  humanizeDuration: fn([ANY], humanizeDuration),
});
