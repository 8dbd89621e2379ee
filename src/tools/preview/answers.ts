import { UserError } from "../../core/errors.ts";
import { eventsOf } from "../../view/annotations.ts";
import { shownLinks } from "../../view/dashboard-links.ts";
import type { Definitions } from "../../view/definitions.ts";
import type { Dashboard, Panel } from "../../view/model.ts";
import { panelData, type Question } from "../../view/panel.ts";
import { shownVariables } from "../../view/variables.ts";
import { alertsOf } from "./alerts/alerts.ts";
import { asked, panelsIn, type Source } from "./questions.ts";

const namesOf = (dashboards: readonly Dashboard[]) => dashboards.map(({ uid }) => uid).join(", ") || "none";
const dashboardOf = ({ dashboards }: Definitions, uid: string | null): Dashboard => {
  const found = dashboards.find((one) => one.uid === uid);
  if (!found) throw new UserError(`There is no dashboard "${uid}"; there are ${namesOf(dashboards)}.`);
  return found;
};
const panelOf = ({ panels }: Dashboard, id: string): Panel => {
  const found = panels.find((one) => String(one.id) === id);
  if (!found) throw new UserError(`The dashboard has no panel ${id}; ask for one of ${panels.map((one) => one.id)}.`);
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

/** Answers what pages ask. */
export const answersOf = (source: Source): Answers => ({
  whole: {
    "/api/state": () => state(source),
    "/api/dashboard": (parameters) => shownDashboard(source, parameters),
    "/api/alerts": (parameters) => alertsOf(source, parameters),
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
