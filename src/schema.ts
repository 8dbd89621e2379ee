import type * as zod from "zod";
import { z } from "./core/libraries.ts";
import type { Unit } from "./core/units.ts";

type Kind = "label" | "text" | "time" | "measure";
type Spec<
  K extends Kind = Kind,
  U extends Unit | undefined = Unit | undefined,
  S extends zod.ZodType = zod.ZodType,
  R extends boolean = boolean,
> = Readonly<{
  kind: K;
  unit: U;
  schema: S;
  required: R;
  /** The key in `logs.json`; absent from a field that the producer adds. */
  key: string | undefined;
  /** The French name on screen. */
  title: string;
}>;

/** What a field says of itself; its kind says the rest. */
type Given<U, S, R> = Readonly<{ key?: string; title: string; unit?: U; schema?: S; required?: R }>;

const fieldOf =
  <K extends Kind, C extends zod.ZodType>(kind: K, common: C) =>
  <U extends Unit | undefined = undefined, S extends zod.ZodType = C, R extends boolean = false>({
    key,
    title,
    unit,
    schema,
    required,
  }: Given<U, S, R>): Spec<K, U, S, R> => ({
    kind,
    unit: unit as U,
    schema: (schema ?? common) as S,
    required: (required ?? false) as R,
    key,
    title,
  });

export const etats = ["SUCCESS", "FAILED"] as const;
/** The state that the collector gives to a message that is not a valid record. */
export const INVALID = "INVALID";
/** The `job` label of each topic's lines. */
export const jobs = { records: "kafka-logs", rejects: "kafka-rejets" } as const;

const string = z.string();
/** The longest value of a label, in bytes; Loki refuses a longer one. */
export const LABEL_BYTES = 2048;
/**
 * What no label may hold, as a regular expression of JavaScript and of Go.
 * Grafana puts label values between double quotes into queries without escaping quotes and line ends,
 * and replaces its own variables (`$__range`) inside them.
 * Loki refuses a whole push, the neighbours too, when one label holds U+FFFD, which stands for broken text.
 */
export const UNSAFE_IN_LABEL = String.raw`["\x00-\x1f\x7f${"\uFFFD"}]|\$__`;
const unsafeInLabel = new RegExp(`${UNSAFE_IN_LABEL}|\\p{Surrogate}`, "u");
const labelText = string
  .min(1)
  .refine((value) => !unsafeInLabel.test(value), {
    error: "holds a double quote, a control character, broken text or $__, which would break queries",
    abort: true,
  })
  .refine((value) => Buffer.byteLength(value) <= LABEL_BYTES, {
    error: `is longer than ${LABEL_BYTES} bytes, the most that Loki takes for a label`,
  });
const number = z.number();
/** What a field of each kind holds, unless it has a schema of its own. */
export const schemas = {
  label: labelText,
  text: string,
  time: string.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/),
  measure: number,
} as const;

const label = fieldOf("label", schemas.label);
const text = fieldOf("text", schemas.text);
const time = fieldOf("time", schemas.time);
const measure = fieldOf("measure", schemas.measure);

const specs = {
  etat: label({ key: "Etat", title: "État", schema: z.enum(etats), required: true }),
  source: label({ key: "Source", title: "Source", required: true }),
  entreprise: label({ key: "Entreprise", title: "Entreprise", required: true }),
  zone: label({ key: "Zone", title: "Zone", required: true }),
  objet: text({ key: "Objet", title: "Objet", required: true }),
  objet_id: text({ key: "Objet_Id", title: "Identifiant", schema: z.union([number, string]) }),
  transformation: text({ key: "Transformation", title: "Transformation" }),
  parametres: text({ key: "Parametres", title: "Paramètres" }),
  sequence: text({ key: "No_Sequence", title: "Séquence" }),
  debut: time({ key: "Debut", title: "Début" }),
  fin: time({ key: "Fin", title: "Fin", required: true }),
  duree_s: measure({ key: "Duree secondes", title: "Durée", unit: "s" }),
  cpu_s: measure({ key: "cpu_time (sec)", title: "CPU", unit: "s" }),
  memoire_octets: measure({ key: "memory_used (bytes)", title: "Mémoire", unit: "decbytes" }),
  description: text({ key: "Description", title: "Description" }),
  retablissement_s: measure({ title: "Rétablissement", unit: "s" }),
  lot: label({ title: "Lot" }),
} as const;

type Named<T> = { readonly [N in keyof T]: T[N] & Readonly<{ name: N }> };

/** Every field of the normalised record, in the order in which it is written; its only home. */
export const columns = Object.fromEntries(
  Object.entries(specs).map(([name, field]) => [name, { ...field, name }]),
) as Named<typeof specs>;
export const allColumns: readonly Column[] = Object.values(columns);

export type Column = (typeof columns)[keyof typeof columns];
/** A column of numbers in one unit. */
export type Measure<U extends Unit = Unit> = Extract<Column, { kind: "measure" }> & Readonly<{ unit: U }>;
type ValueOf<N extends keyof typeof specs> = zod.infer<(typeof specs)[N]["schema"]>;
type Required = {
  [N in keyof typeof specs]: (typeof specs)[N]["required"] extends true ? N : never;
}[keyof typeof specs];

/** One Kafka message and one Loki line. A value that is absent or no number is left out, never 0. */
export type NormalisedRecord = { [N in Required]: ValueOf<N> } & {
  [N in Exclude<keyof typeof specs, Required>]?: ValueOf<N>;
};
export const normalisedRecord: zod.ZodType<NormalisedRecord> = z.strictObject(
  Object.fromEntries(allColumns.map((field) => [field.name, field.required ? field.schema : field.schema.optional()])),
) as never;

/** The labels of a Loki stream: the topic's `job`, then the record's own. */
export const streamLabels = allColumns.filter((field) => field.kind === "label");
export type LabelName = "job" | Extract<Column, { kind: "label" }>["name"];
export type LabelValue<L extends LabelName> = L extends "job"
  ? (typeof jobs)[keyof typeof jobs]
  : L extends "etat"
    ? ValueOf<"etat"> | typeof INVALID
    : string;

/** The longest normalised record, in bytes of JSON; Loki refuses a longer line. */
export const MAX_RECORD_BYTES = 262_144;
