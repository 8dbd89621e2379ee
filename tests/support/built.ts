import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { durationSeconds } from "../../src/core/durations.ts";
import { stepOf } from "../../src/view/times.ts";

export const BUILD = fileURLToPath(new URL("../../build", import.meta.url));
const provisioning = join(BUILD, "grafana-provisioning");

type Target = {
  refId: string;
  expr: string;
  queryType: "instant" | "range";
  legendFormat?: string;
  datasource: { type: string; uid: string };
};
type Property = { id: string; value: unknown };
type Step = { value: number | null; color: string };
export type BuiltPanel = {
  id: number;
  type: string;
  title: string;
  description: string;
  interval?: string;
  maxDataPoints?: number;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource: { uid: string };
  targets: Target[];
  options: Record<string, unknown>;
  transformations?: { id: string; options: Record<string, unknown> }[];
  fieldConfig: {
    defaults: {
      unit?: string;
      decimals?: number;
      min?: number;
      max?: number;
      noValue?: string;
      mappings?: { type: string; options: Record<string, { text: string }> }[];
      color?: { mode: string };
      thresholds?: { steps: Step[] };
      custom?: Record<string, unknown>;
    };
    overrides: { matcher: { id: string; options: string }; properties: Property[] }[];
  };
};
type Variable = {
  name: string;
  type: string;
  query: string | { label: string; stream: string };
  multi?: boolean;
  includeAll?: boolean;
  allValue?: string;
};
type BuiltDashboard = {
  uid: string;
  title: string;
  tags: string[];
  panels: BuiltPanel[];
  links: {
    title: string;
    type: string;
    tags: string[];
    asDropdown: boolean;
    includeVars: boolean;
    keepTime: boolean;
  }[];
  refresh: string;
  time: { from: string; to: string };
  templating: { list: Variable[] };
  annotations: {
    list: {
      name: string;
      expr: string;
      datasource: { uid: string };
      enable: boolean;
      hide?: boolean;
      filter?: { exclude: boolean; ids: number[] };
    }[];
  };
};
type RuleData = {
  refId: string;
  datasourceUid: string;
  relativeTimeRange: { from: number };
  model: {
    expr?: string;
    type?: string;
    expression?: string;
    reducer?: string;
    conditions?: { evaluator: { type: string; params: number[] } }[];
  };
};
export type BuiltRule = {
  uid: string;
  title: string;
  condition: string;
  data: RuleData[];
  dashboardUid: string;
  panelId: number;
  noDataState: string;
  execErrState: string;
  for: string;
  annotations: Record<string, string>;
  labels: Record<string, string>;
};
export type BuiltGroup = { name: string; folder: string; interval: string; rules: BuiltRule[] };

const names = (folder: string, pattern: RegExp) =>
  readdirSync(join(provisioning, folder))
    .filter((name) => pattern.test(name))
    .sort();
export const readYaml = (path: string) => parse(readFileSync(join(BUILD, path), "utf8"));

export const dashboards: BuiltDashboard[] = names("dashboards", /\.json$/).map((name) =>
  JSON.parse(readFileSync(join(provisioning, "dashboards", name), "utf8")),
);
export const groups: BuiltGroup[] = names("alerting", /^[1-9].*\.yml$/).map(
  (name) => readYaml(`grafana-provisioning/alerting/${name}`).groups[0],
);
export const rules: BuiltRule[] = groups.map((group) => group.rules[0]!);

export type BuiltQuery = {
  where: string;
  expr: string;
  asked: "instant" | "range" | "values";
  label?: string;
  interval?: string;
  maxDataPoints?: number;
};

/** Every query of every generated file: panels, annotations, variables and rules. */
export function builtQueries(): BuiltQuery[] {
  const ofDashboards = dashboards.flatMap(({ uid, panels, templating, annotations }): BuiltQuery[] => [
    ...panels.flatMap(({ id, targets, interval, maxDataPoints }) =>
      targets.map(({ refId, expr, queryType }) => ({
        where: `${uid}/${id}/${refId}`,
        expr,
        asked: queryType,
        ...(interval && { interval }),
        ...(maxDataPoints && { maxDataPoints }),
      })),
    ),
    ...annotations.list.map(({ name, expr }) => ({
      where: `${uid}/annotation ${name}`,
      expr,
      asked: "range" as const,
    })),
    ...templating.list.flatMap(({ name, query }) =>
      typeof query === "object"
        ? [{ where: `${uid}/variable ${name}`, expr: query.stream, asked: "values" as const, label: query.label }]
        : [],
    ),
  ]);
  const ofRules = rules.flatMap(({ uid, data }) =>
    data.flatMap(({ refId, model }) =>
      model.expr ? [{ where: `${uid}/${refId}`, expr: model.expr, asked: "instant" as const }] : [],
    ),
  );
  return [...ofDashboards, ...ofRules];
}

/** As many points as a panel over the whole width of a screen asks for. */
const POINTS = 1400;
/** The step, in seconds, in which Grafana asks a panel's query over so many hours. */
export const stepOver = (
  { interval = "1s", maxDataPoints = POINTS }: Pick<BuiltQuery, "interval" | "maxDataPoints">,
  hours: number,
): number =>
  stepOf({ from: 0, to: hours * 3_600_000 }, { points: maxDataPoints, least: durationSeconds(interval)! * 1000 }) /
  1000;

type Chosen = {
  auto?: string;
  range?: string;
  to?: number;
  search?: string;
  variables?: Record<string, readonly string[]>;
};

/** What Grafana's Loki data source makes of each value of a variable with several: double quotes stay as they are. */
const lokiEscape = (text: string) => text.replace(/\\/g, "\\\\\\\\").replace(/[$^*{}[\]+?.()|]/g, "\\\\$&");

/** Fills in a dashboard's variables as Grafana does; a variable without a choice is "All". */
export function substitute(
  expr: string,
  { auto = "5m", range = "1h", to = Date.now(), search = "", variables = {} }: Chosen = {},
): string {
  const all: Record<string, string> = { __auto: auto, __range: range, __to: String(to) };
  return expr.replace(
    /\$(?:\{(\w+)(?::(\w+))?\}|(\w+))/g,
    (_, braced: string | undefined, format: string | undefined, plain: string | undefined) => {
      const name = (braced ?? plain)!;
      if (format === "percentencode")
        return encodeURIComponent(search).replace(
          /[!'()*]/g,
          (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
        );
      if (name in all) return all[name]!;
      return variables[name]?.map(lokiEscape).join("|") ?? ".*";
    },
  );
}
