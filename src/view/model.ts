import type * as zod from "zod";
import { z } from "../core/libraries.ts";

const text = z.string();
const number = z.number();
const flag = z.boolean();
const anything = z.record(text, z.unknown());
const strings = z.union([text, z.array(text)]);

const link = z.looseObject({
  title: text.default(""),
  url: text.default(""),
  type: text.default("link"),
  tooltip: text.default(""),
  targetBlank: flag.default(false),
  includeVars: flag.default(false),
  keepTime: flag.default(false),
  asDropdown: flag.default(false),
  tags: z.array(text).default([]),
});
const target = z.looseObject({
  refId: text.default("A"),
  expr: text.optional(),
  queryType: text.default("range"),
  legendFormat: text.optional(),
  maxLines: number.optional(),
  step: text.optional(),
  resolution: number.optional(),
  direction: text.optional(),
  hide: flag.default(false),
});
const fieldConfig = z.looseObject({
  defaults: anything.default({}),
  overrides: z
    .array(
      z.looseObject({
        matcher: z.looseObject({ id: text, options: z.unknown() }),
        properties: z.array(z.looseObject({ id: text, value: z.unknown() })),
      }),
    )
    .default([]),
});
const panel = z.looseObject({
  id: number.default(0),
  type: text,
  title: text.default(""),
  description: text.default(""),
  gridPos: z.object({ x: number, y: number, w: number, h: number }).default({ x: 0, y: 0, w: 12, h: 8 }),
  targets: z.array(target).default([]),
  options: anything.default({}),
  fieldConfig: fieldConfig.default({ defaults: {}, overrides: [] }),
  transformations: z
    .array(z.looseObject({ id: text, options: anything.default({}), disabled: flag.default(false) }))
    .default([]),
  interval: z.string().nullish(),
  maxDataPoints: number.nullish(),
  links: z.array(link).default([]),
});
const variable = z.looseObject({
  name: text,
  type: text,
  label: text.nullish(),
  query: z.unknown(),
  multi: flag.default(false),
  includeAll: flag.default(false),
  allValue: text.nullish(),
  regex: text.nullish(),
  sort: number.default(0),
  hide: z.union([number, text]).default(0),
  current: z.looseObject({ value: strings.optional() }).default({}),
});
const annotation = z.looseObject({
  name: text,
  enable: flag.default(true),
  hide: flag.default(false),
  filter: z.looseObject({ exclude: flag.default(false), ids: z.array(number) }).optional(),
  builtIn: number.default(0),
  iconColor: text.default("red"),
  expr: text.optional(),
  titleFormat: text.default(""),
  textFormat: text.default(""),
  tagKeys: text.default(""),
});

const dashboard = z.looseObject({
  uid: text.min(1),
  title: text,
  description: text.default(""),
  tags: z.array(text).default([]),
  timezone: text.default("browser"),
  graphTooltip: number.default(0),
  time: z.looseObject({ from: text, to: text }).default({ from: "now-6h", to: "now" }),
  refresh: z.union([text, z.literal(false)]).default(""),
  links: z.array(link).default([]),
  templating: z.looseObject({ list: z.array(variable).default([]) }).default({ list: [] }),
  annotations: z.looseObject({ list: z.array(annotation).default([]) }).default({ list: [] }),
  panels: z.array(panel),
});

export type Dashboard = zod.output<typeof dashboard>;
export type Panel = zod.output<typeof panel>;
export type Target = zod.output<typeof target>;
export type Variable = zod.output<typeof variable>;
export type Annotation = zod.output<typeof annotation>;
export type FieldSettings = zod.output<typeof fieldConfig>;
export type Transformation = Panel["transformations"][number];

type ThresholdStep = Readonly<{ value: number | null; color: string }>;
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

/** A dashboard (v1 model) of a JSON document, or one sentence on why it is none. */
export function readDashboard(json: unknown): Dashboard | string {
  const result = dashboard.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  return `it is no dashboard that the preview reads: ${path.join(".") || "it"}: ${message}`;
}
