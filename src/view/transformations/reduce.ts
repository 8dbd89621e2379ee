import { calcs, calculated, unknownCalcs } from "../calcs.ts";
import { type Field, nameOf } from "../frames.ts";
import type { Options, Step } from "./step.ts";

const isNumber = ({ type }: Field) => type === "number";

const reducersIn = (options: Options) => (options.reducers ?? []) as readonly string[];
/** The calculations that are not known. */
export const unknownReducers = (options: Options): readonly string[] => unknownCalcs(reducersIn(options));

/** A row for each number field, with its name and what was calculated; or each field as one value. */
export const reduce: Step = (frames, options) => {
  const reducers = reducersIn(options);
  if (options.mode === "reduceFields")
    return frames.map((frame) => ({
      ...frame,
      fields: frame.fields
        .filter(isNumber)
        .map((field) => ({ ...field, values: [calculated(reducers[0] ?? "lastNotNull", field.values)] })),
    }));
  const numbers = frames.flatMap(({ fields }) => fields.filter(isNumber));
  const results = reducers.map((id): Field => {
    const values = numbers.map((field) => calculated(id, field.values));
    return { name: calcs[id]?.title ?? id, type: "number", values };
  });
  return [{ refId: "reduce", fields: [{ name: "Field", type: "string", values: numbers.map(nameOf) }, ...results] }];
};
