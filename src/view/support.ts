import { knowsMatcher } from "./fields.ts";
import type { Panel, Target } from "./model.ts";
import { type Checks, one, unset } from "./support/checks.ts";
import { fieldChecks } from "./support/fields.ts";
import { panelOptions } from "./support/panels.ts";
import { notDone } from "./transformations.ts";

/** What a panel may have beside its options, and nothing here does. */
const BESIDE = ["repeat", "timeFrom", "timeShift", "libraryPanel", "alert"];

type Leaf = readonly [path: string, value: unknown];
/** A value's leaves with their paths; a list and the named paths count as leaves. */
function leaves(value: unknown, checks: Checks): readonly Leaf[] {
  const below = (part: unknown, path: string): readonly Leaf[] => {
    if (Object.hasOwn(checks, path) || typeof part !== "object" || part === null || Array.isArray(part))
      return [[path, part]];
    return Object.entries(part).flatMap(([key, one]) => below(one, path === "" ? key : `${path}.${key}`));
  };
  return below(value, "");
}
const written = (value: unknown) => {
  const text = JSON.stringify(value) ?? "";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};
const misfits = (value: unknown, { checks, where }: Readonly<{ checks: Checks; where: string }>): readonly string[] =>
  leaves(value, checks)
    .filter(([path, leaf]) => path !== "" && !(checks[path] ?? unset)(leaf))
    .map(([path, leaf]) => `${where}${path} = ${written(leaf)}`);

/** What a query asks for that is not done. */
function ofTarget({ refId, expr, hide, step, resolution = 1, direction = "backward" }: Target): readonly string[] {
  if (hide) return [];
  if (expr === undefined) return [`la requête ${refId}, qui n'est pas du LogQL`];
  const asked = { step: step || undefined, resolution: one(1)(resolution) ? undefined : resolution };
  const order = direction === "backward" ? undefined : direction;
  return Object.entries({ ...asked, direction: order }).flatMap(([name, value]) =>
    value === undefined ? [] : [`option ${name} = ${written(value)} de la requête ${refId}`],
  );
}

function ofFields({ type, fieldConfig: { defaults, overrides } }: Panel): readonly string[] {
  const checks = fieldChecks(type);
  const asked = { checks, where: "option de champ " };
  const own = overrides.flatMap(({ matcher, properties }) => [
    ...(knowsMatcher(matcher.id) ? [] : [`la règle de champ « ${matcher.id} »`]),
    ...properties.flatMap(({ id, value }) =>
      misfits(Object.hasOwn(checks, id) ? { [id]: value } : nested(id, value), asked),
    ),
  ]);
  return [...misfits(defaults, asked), ...own];
}

const found = new WeakMap<Panel, readonly string[]>();
/** What a panel asks for that the preview does not draw, each in a few words; empty where all of it is drawn. */
export function notShown(panel: Panel): readonly string[] {
  const missing = found.get(panel) ?? missingOf(panel);
  found.set(panel, missing);
  return missing;
}

function missingOf(panel: Panel): readonly string[] {
  const checks = panelOptions[panel.type];
  if (!checks) return [`le type de panneau « ${panel.type} »`];
  const datasource = (panel.datasource as { type?: string } | undefined)?.type;
  const own = BESIDE.filter((name) => !unset(panel[name])).map(
    (name) => `option du panneau ${name} = ${written(panel[name])}`,
  );
  const all = [
    ...own,
    ...(datasource !== undefined && datasource !== "loki" ? [`la source de données « ${datasource} »`] : []),
    ...panel.targets.flatMap(ofTarget),
    ...misfits(panel.options, { checks, where: "option " }),
    ...ofFields(panel),
    ...panel.transformations.flatMap(notDone),
  ];
  return [...new Set(all)];
}

const nested = (id: string, value: unknown): unknown =>
  id.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
/** Whether the preview draws that kind of panel at all. */
export const knowsPanel = (type: string): boolean => Object.hasOwn(panelOptions, type);
