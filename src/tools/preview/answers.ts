import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { storeOver } from "../../alerting/in-process.ts";
import type { Rule } from "../../alerting/provisioned.ts";
import { UserError } from "../../core/errors.ts";
import type { Data } from "../../logs/data.ts";
import { eventsOf } from "../../view/annotations.ts";
import { shownLinks } from "../../view/dashboard-links.ts";
import { type Definitions, unitOfRule } from "../../view/definitions.ts";
import type { Dashboard, Panel } from "../../view/model.ts";
import { panelData, type Question } from "../../view/panel.ts";
import { shownVariables } from "../../view/variables.ts";
import { type ShownRule, shownRule } from "./alerts/view.ts";
import { panelsIn, readRequest } from "./questions.ts";

/** What the page's questions are answered from; both change while the preview runs. */
export type Source = Readonly<{
  data: () => Data;
  definitions: () => Definitions;
  externalURL: string;
  mailTo: string;
}>;

const LAST_HOURS = { from: "now-6h", to: "now" };
const RUNBOOKS = fileURLToPath(new URL("../../../docs/runbooks", import.meta.url));

/** A runbook of the product by the rule's uid; undefined for rules of others. */
function runbookOf({ uid }: Rule): string | undefined {
  if (!/^[\w-]+$/.test(uid)) return undefined;
  try {
    return readFileSync(`${RUNBOOKS}/${uid}.md`, "utf8");
  } catch {
    return undefined;
  }
}

const dashboardOf = ({ dashboards }: Definitions, uid: string | null): Dashboard => {
  const found = dashboards.find((one) => one.uid === uid);
  if (!found) throw new UserError(`There is no dashboard "${uid}".`);
  return found;
};
const panelOf = ({ panels }: Dashboard, id: string): Panel => {
  const found = panels.find((one) => String(one.id) === id);
  if (!found) throw new UserError(`The dashboard has no panel ${id}.`);
  return found;
};

type Answer = (parameters: URLSearchParams) => unknown;
/**
 * The answers of the server: those that come whole, by path; the panels of a dashboard, one after the other; and what
 * a page shows at first, by its own address.
 */
export type Answers = Readonly<{
  whole: Readonly<Record<string, Answer>>;
  panels: (parameters: URLSearchParams) => Iterable<unknown>;
  first: (page: URL) => object;
}>;

type Wanted = Readonly<{ panel: Panel; points: number }>;
function* answered(wanted: readonly Wanted[], question: Omit<Question, "points">) {
  const { range } = question;
  for (const { panel, points } of wanted) yield { id: panel.id, range, ...panelData(panel, { ...question, points }) };
}

/** What a dashboard's page asks at first, which its document brings; nothing where it cannot be answered. */
function dashboardAt({ pathname, searchParams }: URL, answer: Answer): object {
  const uid = /^\/d\/([^/]+)/.exec(pathname)?.[1];
  if (uid === undefined) return {};
  try {
    const parameters = new URLSearchParams(searchParams);
    parameters.set("uid", decodeURIComponent(uid));
    return { dashboard: answer(parameters) };
  } catch (error) {
    if (error instanceof UserError || error instanceof URIError) return {};
    throw error;
  }
}

const asked = (source: Source, parameters: URLSearchParams, usual: Readonly<{ from: string; to: string }>) => {
  const data = source.data();
  const now = data.now();
  return { data, now, ...readRequest(parameters, { now, usual }) };
};

/** A dashboard that is asked for, and what its queries are asked. */
function ofDashboard(source: Source, parameters: URLSearchParams) {
  const dashboard = dashboardOf(source.definitions(), parameters.get("uid"));
  const { data, now, range, choice } = asked(source, parameters, dashboard.time);
  return { dashboard, now, question: { streams: data.streams, variables: dashboard.templating.list, range, choice } };
}

function state(source: Source) {
  const { name, notices, now } = source.data();
  const { dashboards, alerting, faults } = source.definitions();
  const list = dashboards.map(({ uid, title, description }) => ({ uid, title, description }));
  return { now: now(), name, notices: [...notices, ...faults], dashboards: list, rules: alerting.rules.length };
}
/** What is shown, as it stands above every page. */
export type Preview = ReturnType<typeof state>;

function shownDashboard(source: Source, parameters: URLSearchParams) {
  const { dashboard, now, question } = ofDashboard(source, parameters);
  const { title, description, time, refresh, panels, timezone, graphTooltip } = dashboard;
  return {
    ...{ title, description, time, refresh, timezone, graphTooltip, now, range: question.range },
    links: shownLinks(dashboard, source.definitions().dashboards),
    panels: panels.map(({ targets, fieldConfig, transformations, ...panel }) => ({
      ...panel,
      noValue: fieldConfig.defaults.noValue as string | undefined,
    })),
    variables: shownVariables(question),
    events: eventsOf(dashboard.annotations.list, question),
  };
}
/** A dashboard as its page gets it, its panels without what only their queries need. */
export type DashboardModel = ReturnType<typeof shownDashboard>;
export type PanelModel = DashboardModel["panels"][number];

async function alerts(source: Source, parameters: URLSearchParams) {
  const { data, now, range } = asked(source, parameters, LAST_HOURS);
  const definitions = source.definitions();
  const { alerting } = definitions;
  const until = { from: range.from, to: Math.min(range.to, now) };
  const question = {
    store: storeOver(data.streams),
    alerting,
    range: until,
    externalURL: source.externalURL,
    to: source.mailTo,
    panelUnit: (panel: Rule["panel"]) => unitOfRule(definitions, panel),
    runbookOf,
  };
  const rules: ShownRule[] = [];
  for (const rule of alerting.rules) rules.push(await shownRule(rule, question));
  return { now, range: until, rules };
}
export type Alerts = Awaited<ReturnType<typeof alerts>>;

/** Answers what pages ask. */
export const answersOf = (source: Source): Answers => ({
  whole: {
    "/api/state": () => state(source),
    "/api/dashboard": (parameters) => shownDashboard(source, parameters),
    "/api/alerts": (parameters) => alerts(source, parameters),
  },
  panels: (parameters) => {
    const { dashboard, question } = ofDashboard(source, parameters);
    const wanted = panelsIn(parameters).map(({ id, points }) => ({ panel: panelOf(dashboard, id), points }));
    return answered(wanted, question);
  },
  first: (page) => ({
    state: state(source),
    ...dashboardAt(page, (parameters) => shownDashboard(source, parameters)),
  }),
});
