import type * as zod from "zod";
import { durationSeconds } from "../core/durations.ts";
import { z } from "../core/libraries.ts";
import { datasource } from "../queries/datasource.ts";

// Grafana's file-provisioning format for alerting, which is not the shape of its HTTP API. A running Grafana 12.2 took
// all of it without a warning.

/** What Grafana takes for a uid. */
export const uid = z.string().regex(/^[\w-]{1,40}$/);
const duration = z.string().regex(/^\d+[hms]$/);

const lokiQuery = z.strictObject({
  refId: z.string(),
  queryType: z.literal("instant"),
  relativeTimeRange: z.strictObject({ from: z.int().positive(), to: z.literal(0) }),
  datasourceUid: z.literal(datasource.uid),
  model: z.strictObject({
    refId: z.string(),
    datasource: z.strictObject({ type: z.literal(datasource.type), uid: z.literal(datasource.uid) }),
    editorMode: z.literal("code"),
    expr: z.string().min(1),
    queryType: z.literal("instant"),
    intervalMs: z.int(),
    maxDataPoints: z.int(),
  }),
});

const expression = z.strictObject({
  refId: z.string(),
  queryType: z.literal("expression"),
  relativeTimeRange: z.strictObject({ from: z.literal(0), to: z.literal(0) }),
  datasourceUid: z.literal("__expr__"),
  model: z.discriminatedUnion("type", [
    z.strictObject({
      refId: z.string(),
      type: z.literal("reduce"),
      expression: z.string(),
      reducer: z.literal("last"),
    }),
    z.strictObject({
      refId: z.string(),
      type: z.literal("threshold"),
      expression: z.string(),
      conditions: z.tuple([
        z.strictObject({ evaluator: z.strictObject({ type: z.enum(["gt", "gte"]), params: z.tuple([z.number()]) }) }),
      ]),
    }),
    z.strictObject({ refId: z.string(), type: z.literal("math"), expression: z.string() }),
  ]),
});

const rule = z
  .strictObject({
    uid,
    title: z.string().min(1),
    condition: z.string(),
    data: z.array(z.union([lokiQuery, expression])).min(2),
    dashboardUid: z.string(),
    panelId: z.int(),
    noDataState: z.literal("OK"),
    execErrState: z.enum(["OK", "Error"]),
    for: duration,
    annotations: z.record(z.string(), z.string()),
    labels: z.record(z.string(), z.string()),
    isPaused: z.literal(false),
  })
  .refine(({ condition, data }) => data.some(({ refId }) => refId === condition), {
    error: "the condition is no refId of the rule",
  });

const tenSeconds = duration.refine((text) => (durationSeconds(text) ?? Number.NaN) % 10 === 0, {
  error: "must be a multiple of 10 s",
});
const group = z.strictObject({
  orgId: z.literal(1),
  name: z.string(),
  folder: z.string(),
  interval: tenSeconds,
  rules: z.array(rule).length(1),
});
/** A file with one rule in its own group. */
export const ruleFile = z.strictObject({ apiVersion: z.literal(1), groups: z.array(group).length(1) });

const route = {
  receiver: z.string(),
  group_by: z.array(z.string()),
  group_wait: duration,
  group_interval: duration,
  repeat_interval: duration,
};
const receiver = z.strictObject({
  uid,
  type: z.literal("email"),
  disableResolveMessage: z.boolean(),
  settings: z.strictObject({
    addresses: z.string(),
    singleEmail: z.boolean(),
    subject: z.string(),
    message: z.string(),
  }),
});
/** The file of contact points, notification policies and message templates. */
export const notificationFile = z.strictObject({
  apiVersion: z.literal(1),
  contactPoints: z.array(
    z.strictObject({ orgId: z.literal(1), name: z.string(), receivers: z.array(receiver).min(1) }),
  ),
  policies: z.array(
    z.strictObject({
      orgId: z.literal(1),
      ...route,
      routes: z.array(
        z.strictObject({ ...route, object_matchers: z.array(z.tuple([z.string(), z.literal("="), z.string()])) }),
      ),
    }),
  ),
  templates: z.array(z.strictObject({ orgId: z.literal(1), name: z.string(), template: z.string() })),
});

const orgId = z.literal(1);
const byUid = z.array(z.strictObject({ orgId, uid })).min(1).optional();
const byName = z
  .array(z.strictObject({ orgId, name: z.string().min(1) }))
  .min(1)
  .optional();
/**
 * The tombstones of what is no longer generated. They may stay for ever: Grafana passes over what is not there.
 * Rules are written and removed file after file, in the order of the files' names.
 * Contact points and templates are removed after the policies were written,
 * and a contact point that a policy still names keeps Grafana from starting.
 */
export const retiredFile = z.strictObject({
  apiVersion: z.literal(1),
  deleteRules: byUid,
  deleteContactPoints: byUid,
  deleteTemplates: byName,
});

export type Rule = zod.infer<typeof rule>;
export type RuleFile = zod.infer<typeof ruleFile>;
export type NotificationFile = zod.infer<typeof notificationFile>;
