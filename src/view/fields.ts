import type { Labels } from "../logql/evaluate/labels.ts";
import { type Field, type FieldType, type Frame, nameOf, type Value } from "./frames.ts";
import type { FieldSettings } from "./model.ts";

export type ThresholdStep = Readonly<{ value: number | null; color: string }>;
export type Mapping = Readonly<{ type: string; options: unknown }>;
export type Link = Readonly<{ title: string; url: string; targetBlank?: boolean }>;
/** How a field is shown: the panel's defaults, and the overrides that fit it. */
export type FieldConfig = Readonly<{
  unit?: string;
  decimals?: number | null;
  min?: number;
  max?: number;
  displayName?: string;
  noValue?: string;
  mappings?: readonly Mapping[];
  thresholds?: Readonly<{ mode?: string; steps: readonly ThresholdStep[] }>;
  color?: Readonly<{ mode: string; fixedColor?: string }>;
  links?: readonly Link[];
  custom?: Readonly<Record<string, unknown>>;
}>;

/** A field as a panel draws it; `field` is the name that the query gave it. */
export type ShownField = Readonly<{
  name: string;
  field: string;
  type: FieldType;
  values: readonly Value[];
  labels: Labels;
  config: FieldConfig;
}>;
export type ShownFrame = Readonly<{ refId: string; step?: number; fields: readonly ShownField[] }>;

const regex = (text: string) => {
  const found = /^\/(.*)\/(\w*)$/.exec(text);
  return found ? new RegExp(found[1]!, found[2]) : new RegExp(text);
};

type Fits = (options: unknown, field: Field, frame: Frame) => boolean;
const matchers: Readonly<Record<string, Fits>> = {
  byName: (name, field) => nameOf(field) === name || field.name === name,
  byRegexp: (text, field) => regex(String(text)).test(nameOf(field)),
  byType: (type, field) => field.type === type,
  byFrameRefID: (refId, _, frame) => frame.refId === refId,
  byNames: (options, field) => ((options as { names?: readonly string[] } | null)?.names ?? []).includes(nameOf(field)),
};
export const knowsMatcher = (id: string): boolean => Object.hasOwn(matchers, id);

/** Puts a value under a path such as `custom.width`. */
function put(config: Record<string, unknown>, id: string, value: unknown): void {
  const [head, ...rest] = id.split(".");
  if (rest.length === 0) config[head!] = value;
  else {
    const below = { ...((config[head!] ?? {}) as Record<string, unknown>) };
    put(below, rest.join("."), value);
    config[head!] = below;
  }
}

function configOf(field: Field, frame: Frame, { defaults, overrides }: FieldSettings): FieldConfig {
  const config: Record<string, unknown> = { ...defaults };
  for (const { matcher, properties } of overrides)
    if (matchers[matcher.id]?.(matcher.options, field, frame))
      for (const { id, value } of properties) put(config, id, value);
  return config;
}

/** The fields of a frame with their names and settings. */
export const withSettings = (frame: Frame, settings: FieldSettings): ShownFrame => ({
  refId: frame.refId,
  ...(frame.step !== undefined && { step: frame.step }),
  fields: frame.fields.map((field) => {
    const config = configOf(field, frame, settings);
    return {
      name: config.displayName || nameOf(field),
      field: field.name,
      type: field.type,
      values: field.values,
      labels: field.labels ?? {},
      config,
    };
  }),
});
