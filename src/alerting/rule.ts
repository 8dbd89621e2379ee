import { z } from "../core/libraries.ts";
import { unsupported } from "./unsupported.ts";

const number = z.number();
const evaluator = z.looseObject({ type: z.string(), params: z.array(number) });
const relativeTimeRange = z.object({ from: number, to: number }).default({ from: 0, to: 0 });
const refId = z.string().min(1);

/** A query that Loki answers. */
const query = z.object({
  kind: z.literal("query"),
  refId,
  datasourceUid: z.string(),
  relativeTimeRange,
  model: z.looseObject({
    expr: z.string(),
    /** Absent in old rules: a range. */
    queryType: z.enum(["instant", "range"]).default("range"),
    intervalMs: number.positive().default(1000),
    resolution: number.optional(),
    step: z.string().optional(),
  }),
});

const settings = z
  .looseObject({ mode: z.enum(["", "strict", "dropNN", "replaceNN"]).default(""), replaceWithValue: number.optional() })
  .refine(({ mode, replaceWithValue }) => mode !== "replaceNN" || replaceWithValue !== undefined, {
    error: "replaceNN needs replaceWithValue",
  });
const input = z.string().transform((text) => text.replace(/^\$/, ""));

const TYPES = ["reduce", "threshold", "math", "resample", "classic_conditions"];

/** An expression of Grafana's own. */
const expression = z.object({
  kind: z.literal("expression"),
  refId,
  datasourceUid: z.enum(["__expr__", "-100"]),
  relativeTimeRange,
  model: z.discriminatedUnion(
    "type",
    [
      z.looseObject({
        type: z.literal("reduce"),
        expression: input,
        reducer: z.string(),
        settings: settings.optional(),
      }),
      z.looseObject({
        type: z.literal("threshold"),
        expression: input,
        conditions: z.tuple([z.looseObject({ evaluator, unloadEvaluator: z.unknown().optional() })]),
      }),
      z.looseObject({ type: z.literal("math"), expression: z.string() }),
      z.looseObject({
        type: z.literal("resample"),
        expression: input,
        window: z.string(),
        downsampler: z.string(),
        upsampler: z.string(),
      }),
      z.looseObject({
        type: z.literal("classic_conditions"),
        conditions: z
          .array(
            z.looseObject({
              evaluator,
              operator: z.looseObject({ type: z.string() }).default({ type: "and" }),
              query: z.looseObject({ params: z.array(z.string()).min(1) }),
              reducer: z.looseObject({ type: z.string() }),
            }),
          )
          .min(1),
      }),
    ],
    {
      error: ({ input: model }) =>
        unsupported(`the expression type ${JSON.stringify((model as { type?: unknown } | undefined)?.type)}`, TYPES)
          .message,
    },
  ),
});

const withKind = (entry: unknown) => {
  const uid = typeof entry === "object" && entry !== null && "datasourceUid" in entry ? entry.datasourceUid : undefined;
  return { ...(entry as object), kind: uid === "__expr__" || uid === "-100" ? "expression" : "query" };
};
const datum = z.preprocess(withKind, z.discriminatedUnion("kind", [expression, query]));

/** What decides of a rule's state, as it stands in a provisioning file; the rest of the rule is left aside. */
export const judgedRule = z
  .object({
    condition: refId,
    data: z.array(datum).min(1),
    for: z.union([z.string(), z.literal(0)]).default("0s"),
    keepFiringFor: z.string().default("0s"),
    noDataState: z.enum(["OK", "NoData", "Alerting"]).default("NoData"),
    execErrState: z.enum(["OK", "Error", "Alerting"]).default("Error"),
  })
  .refine(({ condition, data }) => data.some((one) => one.refId === condition), {
    path: ["condition"],
    error: "is the refId of nothing in data",
  });

export type JudgedRule = ReturnType<typeof judgedRule.parse>;
export type JudgedQuery = ReturnType<typeof query.parse>;
export type JudgedExpression = ReturnType<typeof expression.parse>;
