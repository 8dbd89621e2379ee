import type { Frame } from "./frames.ts";
import type { Transformation } from "./model.ts";
import {
  convertFieldType,
  extractFields,
  filterFieldsByName,
  organize,
  renameByRegex,
} from "./transformations/fields.ts";
import { reduce, unknownReducers } from "./transformations/reduce.ts";
import { filterByValue, joinByField, limit, merge, sortBy, unknownFilters } from "./transformations/rows.ts";
import { configFromData, rowsToFields, unknownHandlers, unknownSettings } from "./transformations/settings.ts";
import type { Options, Step } from "./transformations/step.ts";

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

const unknownIn: Readonly<Record<string, (options: Options) => readonly string[]>> = {
  filterByValue: unknownFilters,
  reduce: unknownReducers,
  rowsToFields: unknownHandlers,
  configFromData: unknownSettings,
};

/** What a transformation asks for that is not done, in a few words each. */
export function notDone({ id, options, disabled }: Transformation): readonly string[] {
  if (disabled) return [];
  if (!Object.hasOwn(steps, id)) return [`la transformation « ${id} »`];
  const unknown = unknownIn[id]?.(options) ?? [];
  return unknown.map((name) => `« ${name} » de la transformation « ${id} »`);
}

/** Frames after the transformations of a panel, one after the other; those that are not known are left out. */
export const transformed = (frames: readonly Frame[], transformations: readonly Transformation[]): readonly Frame[] =>
  transformations.reduce(
    (before, { id, options, disabled }) => (disabled ? before : (steps[id]?.(before, options) ?? before)),
    frames,
  );
