import type { Field, FieldType, Frame, Value } from "../../src/view/frames.ts";
import { type Dashboard, type Panel, readDashboard } from "../../src/view/model.ts";

/** A panel as a dashboard's file has it. */
export const readPanel = (panel: unknown): Panel =>
  (readDashboard({ uid: "x", title: "x", panels: [panel] }) as Dashboard).panels[0]!;

/** A series as a panel gets it. */
export const given = (name: string, values: readonly (readonly [number, number])[], custom = {}, config = {}) => ({
  refId: "A",
  step: 60_000,
  fields: [
    {
      name: "Time",
      field: "Time",
      type: "time" as const,
      values: values.map(([time]) => time),
      labels: {},
      config: {},
    },
    {
      name,
      field: "Value",
      type: "number" as const,
      values: values.map(([, value]) => value),
      labels: { source: name },
      config: { custom, ...config },
    },
  ],
});

export const field = (name: string, type: FieldType, ...values: Value[]): Field => ({ name, type, values });
export const frame = (refId: string, ...fields: Field[]): Frame => ({ refId, fields });
