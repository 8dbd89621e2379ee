import type { Frame } from "./frames.ts";
import type { Transformation } from "./model.ts";
import {
  convertFieldType,
  extractFields,
  filterFieldsByName,
  organize,
  renameByRegex,
} from "./transformations/fields.ts";
import { reduce } from "./transformations/reduce.ts";
import { filterByValue, joinByField, limit, merge, sortBy, unknownFilters } from "./transformations/rows.ts";
import { configFromData, rowsToFields, unknownHandlers } from "./transformations/settings.ts";
import type { Step } from "./transformations/step.ts";

const steps: Readonly<Record<string, Step>> = {
  organize,
  merge,
  joinByField,
  extractFields,
  filterFieldsByName,
  filterByValue,
  convertFieldType,
  renameByRegex,
  reduce,
  rowsToFields,
  configFromData,
  sortBy,
  limit,
};

/** What a transformation asks for that is not done, in a few words each. */
export function notDone({ id, options, disabled }: Transformation): readonly string[] {
  if (disabled) return [];
  if (!Object.hasOwn(steps, id)) return [`la transformation « ${id} »`];
  const among = { filterByValue: unknownFilters, rowsToFields: unknownHandlers, configFromData: unknownHandlers };
  const unknown = (among as Readonly<Record<string, typeof unknownFilters>>)[id]?.(options) ?? [];
  return unknown.map((name) => `« ${name} » de la transformation « ${id} »`);
}

/** Frames after the transformations of a panel, one after the other; those that are not known are left out. */
export const transformed = (frames: readonly Frame[], transformations: readonly Transformation[]): readonly Frame[] =>
  transformations.reduce(
    (before, { id, options, disabled }) => (disabled ? before : (steps[id]?.(before, options) ?? before)),
    frames,
  );
