import { calculated, unknownCalcs } from "../calcs.ts";
import { fits } from "../fields.ts";
import { type Field, isCalled, type Value } from "../frames.ts";
import type { FieldConfig } from "../model.ts";
import { eachFrame, type Options, type Step } from "./step.ts";

type Config = Partial<FieldConfig>;
const numeric = (name: "min" | "max" | "decimals") => (value: Value) => ({ [name]: Number(value) });
const textual = (name: "unit" | "displayName" | "noValue") => (value: Value) => ({ [name]: String(value) });
/** What a value of the data can set of a field, by Grafana's names. */
const handlers: Readonly<Record<string, (value: Value) => Config>> = {
  min: numeric("min"),
  max: numeric("max"),
  decimals: numeric("decimals"),
  unit: textual("unit"),
  displayname: textual("displayName"),
  novalue: textual("noValue"),
  color: (value) => ({ color: { mode: "fixed", fixedColor: String(value) } }),
  threshold1: (value) => ({
    thresholds: {
      mode: "absolute",
      steps: [
        { value: null, color: "green" },
        { value: Number(value), color: "red" },
      ],
    },
  }),
};
const OTHER = ["field.name", "field.value", "__ignore"];
const isSetting = (key: string | undefined): key is string =>
  key !== undefined && Object.hasOwn(handlers, key.toLowerCase());
const setting = (key: string, value: Value): Config => (value === null ? {} : handlers[key.toLowerCase()]!(value));

type Mapping = Readonly<{ fieldName: string; handlerKey: string | null; reducerId?: string }>;
const mappingsIn = (options: Options) => (options.mappings ?? []) as readonly Mapping[];
const mappingOf = (field: Field, options: Options) =>
  mappingsIn(options).find(({ fieldName }) => isCalled(field, fieldName));
/** What a column is for: as the panel says, else by its own name. */
const handlerOf = (field: Field, options: Options): string | undefined => {
  const given = mappingOf(field, options)?.handlerKey;
  if (given) return given;
  return isSetting(field.name) ? field.name : undefined;
};
/** The names in a panel's mappings that are not known. */
export const unknownHandlers = (options: Options): readonly string[] =>
  mappingsIn(options).flatMap(({ handlerKey }) =>
    !handlerKey || OTHER.includes(handlerKey) || isSetting(handlerKey) ? [] : [handlerKey],
  );

/** Each row becomes a field of its own; other columns may set its limits, unit or colour. */
export const rowsToFields = eachFrame((frame, options) => {
  const named = (key: string) => frame.fields.find((field) => handlerOf(field, options) === key);
  const names = named("field.name") ?? frame.fields.find(({ type }) => type === "string");
  const values = named("field.value") ?? frame.fields.find(({ type }) => type === "number");
  if (!names || !values) return frame;
  const settings = frame.fields.flatMap((field) => {
    const key = handlerOf(field, options);
    return isSetting(key) ? [(row: number) => setting(key, field.values[row]!)] : [];
  });
  const fields = values.values.map((value, row): Field => {
    const config: Config = Object.assign({}, ...settings.map((of) => of(row)));
    return { name: String(names.values[row]), type: values.type, values: [value], config };
  });
  return { ...frame, fields };
});

/** The same, and the calculations that are not known. */
export const unknownSettings = (options: Options): readonly string[] => [
  ...unknownHandlers(options),
  ...unknownCalcs(mappingsIn(options).map(({ reducerId = "lastNotNull" }) => reducerId)),
];

type Matcher = Readonly<{ id: string; options?: unknown }>;

/** The answer to one query sets limits, unit or colour of the others' fields, and is shown no more. */
export const configFromData: Step = (frames, options) => {
  const refId = String(options.configRefId ?? "config");
  const { id, options: wanted } = (options.applyTo ?? { id: "byType", options: "number" }) as Matcher;
  const sources = frames.filter((frame) => frame.refId === refId).flatMap(({ fields }) => fields);
  const config: Config = Object.assign(
    {},
    ...sources.flatMap((field) => {
      const key = handlerOf(field, options);
      if (!isSetting(key)) return [];
      return [setting(key, calculated(mappingOf(field, options)?.reducerId ?? "lastNotNull", field.values))];
    }),
  );
  return frames
    .filter((frame) => frame.refId !== refId)
    .map((frame) => ({
      ...frame,
      fields: frame.fields.map((field) =>
        fits({ id, options: wanted }, field, frame) ? { ...field, config: { ...field.config, ...config } } : field,
      ),
    }));
};
