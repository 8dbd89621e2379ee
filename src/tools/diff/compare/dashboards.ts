import { sortedBy } from "../../../core/order.ts";
import { asList, type Json, without } from "../json.ts";
import type { Dashboard, Panel, State } from "../model/model.ts";
import { quoted } from "../vocabulary/scope.ts";
import { apartOf } from "./apart.ts";
import type { Detail } from "./detail.ts";
import { facts, type Matched, match, type Pairing } from "./match.ts";
import { around, byReading, placesOf } from "./places.ts";
import type { Section, Subject } from "./report.ts";
import { alone, changed } from "./subjects.ts";

const MOST_NAMED = 12;

const contentOf = ({ title, body, panels }: Dashboard): Json => [
  title,
  body,
  panels.map((panel) => [panel.title, panel.box, panel.body]),
];

const namesOf = (panels: readonly Panel[]): string => {
  const titles = panels.filter(({ body }) => body.type !== "row").map(({ title }) => quoted(title));
  const count = `${titles.length} ${titles.length === 1 ? "panel" : "panels"}`;
  const more = titles.length > MOST_NAMED ? ` and ${titles.length - MOST_NAMED} more` : "";
  return titles.length === 0 ? count : `${count}: ${titles.slice(0, MOST_NAMED).join(", ")}${more}`;
};

type Homes = Readonly<Record<"from" | "to", ReadonlyMap<Panel, Dashboard>>>;
const homesIn = ({ dashboards }: State) =>
  new Map(dashboards.flatMap((dashboard) => dashboard.panels.map((panel) => [panel, dashboard])));

/**
 * Finds each panel again in its dashboard, whatever became of its number or its title.
 * What went to another dashboard is found by both title and content.
 */
function matchPanels(dashboards: Matched<Dashboard>, homes: Homes): Matched<Panel> {
  const names = new Map<Dashboard, Json>([
    ...dashboards.pairs.flatMap(({ from, to }, index) => [[from, index] as const, [to, index] as const]),
    ...[...dashboards.removed, ...dashboards.added].map((one, index) => [one, `alone ${index}`] as const),
  ]);
  const panels = (side: "from" | "to") => [...homes[side].keys()];
  return match(panels("from"), panels("to"), {
    identities: [
      (panel, side) => facts(home(panel, side), panel.id ?? panel.key, panel.title),
      (panel, side) => panel.title && facts(home(panel, side), panel.title),
      (panel, side) => facts(home(panel, side), without(panel.body, "id", "title")),
      (panel, side) => (asked(panel) === undefined ? undefined : facts(home(panel, side), asked(panel))),
      (panel, side) => panel.id && facts(home(panel, side), panel.id, panel.body.type),
      ({ title, body }) => facts(title, without(body, "id")),
    ],
    content: ({ box, body }) => [box, body],
  });
  function home(panel: Panel, side: "from" | "to"): Json {
    return names.get(homes[side].get(panel)!)!;
  }
}
const asked = ({ body }: Panel): Json | undefined => (asList(body.targets).length > 0 ? body.targets : undefined);

const movedHere = (from: Dashboard, to: Dashboard): Detail =>
  around({
    what: "dashboard",
    change: "moved",
    words: { from: quoted(from.title), to: quoted(to.title) },
    values: { from: from.id ?? from.title, to: to.id ?? to.title },
  });

const inReadingOrder = (subjects: readonly Subject[]): readonly Subject[] => {
  const panel = ({ from, to }: Subject) => (to ?? from) as Panel;
  return subjects.toSorted(
    (a, b) => Number(a.to === undefined) - Number(b.to === undefined) || byReading(panel(a), panel(b)),
  );
};

/** The sections of the dashboards that changed, one each, in the order of their titles. */
export function compareDashboards(states: Pairing<State>): readonly Section[] {
  const dashboards = match(states.from.dashboards, states.to.dashboards, {
    identities: [
      // Where a uid stands twice, the file tells them apart.
      ({ id, title, file }) => facts(id ?? title, file),
      (dashboard) => facts(contentOf(dashboard)),
      ({ id }) => id,
      ({ title }) => title || undefined,
      ({ id, file }) => (id === undefined ? file : undefined),
    ],
    content: contentOf,
  });
  const homes = { from: homesIn(states.from), to: homesIn(states.to) };
  const panels = matchPanels(dashboards, homes);
  const before = new Map(panels.pairs.map(({ from, to }) => [to, from]));

  const panelSubjects = (to: Dashboard, from: Dashboard | undefined): readonly Subject[] => {
    const pairs = to.panels.flatMap((panel) => (before.has(panel) ? [{ from: before.get(panel)!, to: panel }] : []));
    const kept = pairs.filter((pair) => homes.from.get(pair.from) === from);
    const same = kept.length === to.panels.length && kept.length === from?.panels.length;
    const places = from && placesOf(kept, { from, to }, { same });
    const stayed = pairs.flatMap((pair) => {
      const home = homes.from.get(pair.from)!;
      const details = home === from ? places!.get(pair.to)! : [movedHere(home, to)];
      return changed(pair.from, pair.to, { states, around: details }) ?? [];
    });
    const came = from ? to.panels.filter((panel) => !before.has(panel)) : [];
    const gone = panels.removed.filter((panel) => from !== undefined && homes.from.get(panel) === from);
    return inReadingOrder([
      ...stayed,
      ...came.map((panel) => alone(panel, "added", { state: states.to })),
      ...gone.map((panel) => alone(panel, "removed", { state: states.from })),
    ]);
  };
  const section = (dashboard: Dashboard, subjects: readonly Subject[], state: State): Section => ({
    title: dashboard.title,
    apart: apartOf(dashboard, state),
    kind: "dashboard",
    subjects,
  });
  const whole = (dashboard: Dashboard, status: "added" | "removed", state: State) =>
    alone(dashboard, status, { state, note: namesOf(dashboard.panels) });
  const sections = [
    ...dashboards.pairs.map(({ from, to }) =>
      section(to, [changed(from, to, { states }) ?? [], panelSubjects(to, from)].flat(), states.to),
    ),
    ...dashboards.added.map((to) =>
      section(to, [whole(to, "added", states.to), ...panelSubjects(to, undefined)], states.to),
    ),
    ...dashboards.removed.map((from) => section(from, [whole(from, "removed", states.from)], states.from)),
  ];
  return sortedBy(
    sections.filter(({ subjects }) => subjects.length > 0),
    ({ title, apart, subjects }) => JSON.stringify([title, apart, subjects[0]!.status, subjects[0]!.id ?? ""]),
  );
}
