import { z } from "../core/libraries.ts";
import { type JudgedRule, judgedRule } from "./rule.ts";

const strings = z.record(z.string(), z.string());
const described = z.object({
  uid: z.string(),
  title: z.string(),
  annotations: strings.default({}),
  labels: strings.default({}),
  dashboardUid: z.string().optional(),
  panelId: z.number().optional(),
  isPaused: z.boolean().default(false),
});
const group = z.looseObject({
  name: z.string(),
  folder: z.string(),
  interval: z.string(),
  rules: z.array(z.unknown()),
});
const receiver = z.looseObject({
  type: z.string(),
  disableResolveMessage: z.boolean().default(false),
  settings: z.looseObject({
    addresses: z.string().default(""),
    subject: z.string().optional(),
    message: z.string().optional(),
  }),
});
const contactPoint = z.looseObject({ name: z.string(), receivers: z.array(receiver) });
const matcher = z.tuple([z.string(), z.string(), z.string()]);
const timing = {
  group_by: z.array(z.string()).optional(),
  group_wait: z.string().optional(),
  group_interval: z.string().optional(),
  repeat_interval: z.string().optional(),
};
const route = z.looseObject({
  receiver: z.string().optional(),
  object_matchers: z.array(matcher).default([]),
  ...timing,
});
const policy = z.looseObject({ receiver: z.string(), routes: z.array(route).default([]), ...timing });
const template = z.looseObject({ template: z.string() });

export type ContactPoint = Readonly<{
  name: string;
  receivers: readonly Readonly<ReturnType<typeof receiver.parse>>[];
}>;
export type Policy = Readonly<ReturnType<typeof policy.parse>>;
/** A rule of a file: what decides of its states, and what its mails say. */
export type Rule = Readonly<
  Omit<ReturnType<typeof described.parse>, "dashboardUid" | "panelId"> &
    Record<"folder" | "group" | "interval", string> & {
      panel?: Readonly<{ dashboard: string; id: number }>;
      judged: JudgedRule;
    }
>;
export type Alerting = Readonly<{
  rules: readonly Rule[];
  contactPoints: readonly ContactPoint[];
  policies: readonly Policy[];
  templates: readonly string[];
}>;

export const noAlerting: Alerting = { rules: [], contactPoints: [], policies: [], templates: [] };
export const withMore = (a: Alerting, b: Alerting): Alerting => ({
  rules: [...a.rules, ...b.rules],
  contactPoints: [...a.contactPoints, ...b.contactPoints],
  policies: [...a.policies, ...b.policies],
  templates: [...a.templates, ...b.templates],
});

const listIn = (content: unknown, name: string): readonly unknown[] => {
  const found = (content as Record<string, unknown> | null | undefined)?.[name];
  return Array.isArray(found) ? found : [];
};

type Group = ReturnType<typeof group.parse>;
function ruleOf(rule: unknown, { name, folder, interval }: Group): Rule | string {
  const about = described.safeParse(rule);
  const decides = judgedRule.safeParse(rule);
  const issue = about.error?.issues[0] ?? decides.error?.issues[0];
  if (issue)
    return `${(rule as { title?: string } | null)?.title ?? "a rule"} of group ${name} cannot be judged: ${issue.path.join(".")}: ${issue.message}`;
  const { dashboardUid: dashboard, panelId: id, ...rest } = about.data!;
  const panel = dashboard !== undefined && id !== undefined ? { panel: { dashboard, id } } : {};
  return { ...rest, folder, group: name, interval, judged: decides.data!, ...panel };
}

/** What an alerting file of Grafana's provisioning holds; a rule that cannot be judged is named. */
export function readAlerting(
  content: unknown,
  where: string,
): Readonly<{ alerting: Alerting; faults: readonly string[] }> {
  const rules: Rule[] = [];
  const faults: string[] = [];
  for (const found of listIn(content, "groups").map((one) => group.safeParse(one))) {
    const issue = found.error?.issues[0];
    if (issue) faults.push(`${where}: a group cannot be read: ${issue.path.join(".")}: ${issue.message}.`);
    for (const rule of found.data?.rules ?? []) {
      const read = ruleOf(rule, found.data!);
      if (typeof read === "string") faults.push(`${where}: ${read}.`);
      else rules.push(read);
    }
  }
  const each = <T>(name: string, shape: { safeParse: (one: unknown) => { success: boolean; data?: T } }): T[] =>
    listIn(content, name).flatMap((one) => {
      const read = shape.safeParse(one);
      if (!read.success) faults.push(`${where}: an entry of ${name} cannot be read.`);
      return read.data === undefined ? [] : [read.data];
    });
  const alerting = {
    rules,
    contactPoints: each("contactPoints", contactPoint),
    policies: each("policies", policy),
    templates: each("templates", template).map((one) => one.template),
  };
  return { alerting, faults };
}
