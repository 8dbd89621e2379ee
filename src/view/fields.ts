import type { Labels } from "../logql/evaluate/labels.ts";
import { type Field, type FieldType, type Frame, isCalled, nameOf, type Value } from "./frames.ts";
import type { FieldConfig, FieldSettings } from "./model.ts";
import { pattern } from "./pattern.ts";

/** A field as a panel draws it; `field` is the name that the query gave it. */
export type ShownField = Readonly<{
  name: string;
  field: string;
  type: FieldType;
  values: readonly Value[];
  labels: Labels;
  config: FieldConfig;
}>;
/** What a field says of its kind of panel. */
export const customOf = ({ config }: ShownField): Readonly<Record<string, unknown>> => config.custom ?? {};
export type ShownFrame = Readonly<{ refId: string; step?: number; fields: readonly ShownField[] }>;

type Fits = (options: unknown, field: Field, frame: Frame) => boolean;
const matchers: Readonly<Record<string, Fits>> = {
  byName: (name, field) => isCalled(field, name),
  byRegexp: (text, field) => pattern(String(text)).test(nameOf(field)),
  byType: (type, field) => field.type === type,
  byFrameRefID: (refId, _, frame) => frame.refId === refId,
  byTypes: (types, field) => Array.isArray(types) && types.includes(field.type),
  byNames: (options, field) => {
    const { names = [], mode } = (options ?? {}) as Readonly<{ names?: readonly string[]; mode?: string }>;
    return names.includes(nameOf(field)) !== (mode === "exclude");
  },
};
/** Whether a field is among those that a matcher of Grafana's means. */
export const fits = (
  { id, options }: Readonly<{ id: string; options?: unknown }>,
  field: Field,
  frame: Frame,
): boolean => matchers[id]?.(options, field, frame) ?? false;
export const knowsMatcher = (id: string): boolean => Object.hasOwn(matchers, id);

/** Puts a value under a path such as `custom.width`. */
function put(config: Record<string, unknown>, { id, value }: Readonly<{ id: string; value?: unknown }>): void {
  const [head, ...rest] = id.split(".");
  if (rest.length === 0) config[head!] = value;
  else {
    const below = { ...((config[head!] ?? {}) as Record<string, unknown>) };
    put(below, { id: rest.join("."), value });
    config[head!] = below;
  }
}

function configOf(field: Field, frame: Frame, { defaults, overrides }: FieldSettings): FieldConfig {
  const config: Record<string, unknown> = { ...defaults, ...field.config };
  for (const { matcher, properties } of overrides)
    if (fits(matcher, field, frame)) for (const property of properties) put(config, property);
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
