import { distance } from "fastest-levenshtein";
import { readConfig } from "../../core/config/read.ts";
import type { Config } from "../../core/config/schema.ts";
import { UserError } from "../../core/errors.ts";
import { inUnit } from "../../core/grafana-units.ts";
import type { Quantity, Unit } from "../../core/units.ts";
import { EXAMPLES, readValue } from "./values.ts";

/** One number of the configuration: where it stands, its name, its value (none where a source has none of its own). */
type Setting = Readonly<{ path: readonly (string | number)[]; name: string; unit: Unit; now: Quantity | undefined }>;
/** A configuration with one number changed; `isNow` where it is the one that stands. */
export type Variant = Readonly<{ setting: string; value: string; config: Config; isNow: boolean }>;

const isQuantity = (value: unknown): value is Quantity =>
  typeof value === "object" && value !== null && "unit" in value && "value" in value;

/** Every number under `rules` and `sources`; a source's own silence by the source's name. */
function settingsOf({ rules, sources }: Config): readonly Setting[] {
  const within = (path: readonly string[], part: object) =>
    Object.entries(part).flatMap(([key, value]) =>
      isQuantity(value) ? [{ path: [...path, key], name: [...path, key].join("."), unit: value.unit, now: value }] : [],
    );
  const { expected, maxSilence } = sources;
  return [
    ...Object.entries(rules).flatMap(([name, rule]) => within(["rules", name], rule)),
    ...within(["sources"], sources),
    ...expected.map(({ source, maxSilence: own }, index) => ({
      path: ["sources", "expected", index, "maxSilence"],
      name: `sources.expected.${source}.maxSilence`,
      unit: maxSilence.unit,
      now: own,
    })),
  ];
}

const NEAREST = 3;

/** The settings whose name, or its end, reads most like what was asked for. */
function nearest(asked: string, all: readonly Setting[]): readonly string[] {
  const ends = (name: string) => [name, name.slice(name.lastIndexOf(".") + 1)];
  const far = (name: string) => Math.min(...ends(name).map((end) => distance(asked.toLowerCase(), end.toLowerCase())));
  return all
    .map(({ name }) => ({ name, far: far(name) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, NEAREST)
    .map(({ name }) => name);
}

const oneOf = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : names.join("");

/** The setting of a name; of an end that several share, the one that has a value, of the unit that is given. */
function settingOf(asked: string, texts: readonly string[], config: Config): Setting {
  const all = settingsOf(config);
  const named = all.filter(({ name }) => name === asked || name.endsWith(`.${asked}`));
  const exact = named.find(({ name }) => name === asked);
  const fitting = named.filter(({ unit }) => texts.every((text) => readValue(text, unit) !== undefined));
  const standing = fitting.filter(({ now }) => now !== undefined);
  const readable = exact ? [exact] : standing;
  if (named.length === 0)
    throw new UserError(
      `--try ${asked}: the configuration has no such number; the nearest are ${oneOf(nearest(asked, all))}.`,
    );
  if (readable.length > 1)
    throw new UserError(`--try ${asked} may be ${oneOf(readable.map(({ name }) => name))}; write the whole name.`);
  return readable[0] ?? fitting[0] ?? named[0]!;
}

/** The same object with another value at a path. */
function changed(part: unknown, [key, ...rest]: readonly (string | number)[], value: Quantity): unknown {
  if (key === undefined) return value;
  if (Array.isArray(part)) return part.map((item, index) => (index === key ? changed(item, rest, value) : item));
  const own = part as Readonly<Record<string, unknown>>;
  return { ...own, [key]: changed(own[key], rest, value) };
}

function variantOf({ path, name, unit, now }: Setting, text: string, config: Config): Variant {
  const value = readValue(text, unit);
  if (value === undefined) throw new UserError(`--try ${name}: "${text}" is no value for it; write ${EXAMPLES[unit]}.`);
  const read = readConfig(changed(config, path, { value, unit }));
  if (!("rules" in read)) throw new UserError(`--try ${name}=${text} cannot be: ${read.join("; ")}.`);
  return { setting: name, value: inUnit(value, unit), config: read, isNow: now?.value === value };
}

/** The configurations of `PATH=VALUE,VALUE`, the one that stands among them. */
export function variantsOf(text: string, config: Config): readonly Variant[] {
  const [, asked, values] = /^([^=]+)=(.+)$/s.exec(text.trim()) ?? [];
  if (asked === undefined || values === undefined)
    throw new UserError(
      `--try is "${text}"; write a number of the configuration and its values, such as rules.4-latence-degradee.p95=5s,10s,20s.`,
    );
  const texts = values.split(",").map((value) => value.trim());
  const setting = settingOf(asked.trim(), texts, config);
  const tried = texts.map((one) => variantOf(setting, one, config));
  const distinct = tried.filter(({ value }, index) => tried.findIndex((other) => other.value === value) === index);
  if (distinct.some(({ isNow }) => isNow)) return distinct;
  const now = setting.now ? inUnit(setting.now.value, setting.now.unit) : "none of its own";
  return [{ setting: setting.name, value: now, config, isNow: true }, ...distinct];
}
