import type { ShownFrame } from "../../src/view/fields.ts";
import type { Field, FieldType, Frame, Value } from "../../src/view/frames.ts";
import { type Dashboard, type Panel, readDashboard } from "../../src/view/model.ts";

/** A panel as a dashboard's file has it. */
export const readPanel = (panel: unknown): Panel =>
  (readDashboard({ uid: "x", title: "x", panels: [panel] }) as Dashboard).panels[0]!;

/** Values by their times, as points. */
export const points = <V>(values: Readonly<Record<number, V>>) =>
  Object.entries(values).map(([time, value]) => [Number(time), value] as const);

/** A series as a panel gets it: its values by their times. */
export const given = (name: string, series: Readonly<Record<number, number>>, custom = {}, config = {}): ShownFrame => {
  const [times, values] = [Object.keys(series).map(Number), Object.values(series)];
  const value = { name, field: "Value", values, labels: { source: name }, config: { custom, ...config } };
  const time = { name: "Time", field: "Time", values: times, labels: {}, config: {} };
  return {
    refId: "A",
    step: 60_000,
    fields: [
      { ...time, type: "time" },
      { ...value, type: "number" },
    ],
  };
};

export const field = (name: string, type: FieldType, ...values: Value[]): Field => ({ name, type, values });
export const frame = (refId: string, ...fields: Field[]): Frame => ({ refId, fields });
