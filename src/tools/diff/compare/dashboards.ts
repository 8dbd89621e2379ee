import { sortedBy } from "../../../core/order.ts";
import { without } from "../json.ts";
import type { Dashboard, Panel, State } from "../model/model.ts";
import { quoted } from "../vocabulary/scope.ts";
import type { Detail } from "./detail.ts";
import { facts, match, type Pairing } from "./match.ts";
import { around, byReading, placesOf } from "./places.ts";
import type { Section, Subject } from "./report.ts";
import { alone, apartOf, changed } from "./subjects.ts";

const MOST_NAMED = 12;

const namesOf = (panels: readonly Panel[]): string => {
  const titles = panels.filter(({ body }) => body.type !== "row").map(({ title }) => quoted(title));
  const count = `${titles.length} ${titles.length === 1 ? "panel" : "panels"}`;
  const more = titles.length > MOST_NAMED ? ` and ${titles.length - MOST_NAMED} more` : "";
  return titles.length === 0 ? count : `${count}: ${titles.slice(0, MOST_NAMED).join(", ")}${more}`;
};

/** Where each panel stands, in either state; what those that were found again were before; those that went. */
type Found = Readonly<{
  homes: ReadonlyMap<Panel, Dashboard>;
  before: ReadonlyMap<Panel, Panel>;
  removed: readonly Panel[];
}>;

/**
 * Finds each panel again in its dashboard, whatever became of its number or its title.
 * What went to another dashboard is found by both title and content.
 */
function findPanels({ from, to }: Pairing<State>, dashboards: readonly Pairing<Dashboard>[]): Found {
  const all = [...from.dashboards, ...to.dashboards];
  const homes = new Map(all.flatMap((dashboard) => dashboard.panels.map((panel) => [panel, dashboard] as const)));
  const were = new Map(dashboards.map((pair) => [pair.to, pair.from]));
  /** The place of its dashboard, as it was before. */
  const home = (panel: Panel): number => {
    const own = homes.get(panel)!;
    return all.indexOf(were.get(own) ?? own);
  };
  const panels = ({ dashboards }: State) => dashboards.flatMap((dashboard) => dashboard.panels);
  const { pairs, removed } = match({ from: panels(from), to: panels(to) }, [
    (panel) => facts(home(panel), panel.id ?? panel.key, panel.title),
    (panel) => (panel.title ? facts(home(panel), panel.title) : undefined),
    (panel) => facts(home(panel), without(panel.body, "id", "title")),
    (panel) => (panel.id === undefined ? undefined : facts(home(panel), panel.id, panel.body.type)),
    ({ title, body }) => facts(title, without(body, "id")),
  ]);
  return { homes, before: new Map(pairs.map((pair) => [pair.to, pair.from])), removed };
}

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

/** What happened to the panels that a dashboard has; of one that came, only those that were elsewhere are told. */
function panelSubjects(
  { from, to }: Readonly<{ from: Dashboard | undefined; to: Dashboard }>,
  states: Pairing<State>,
  { homes, before, removed }: Found,
): readonly Subject[] {
  const pairs = to.panels.flatMap((panel) => (before.has(panel) ? [{ from: before.get(panel)!, to: panel }] : []));
  const kept = pairs.filter((pair) => homes.get(pair.from) === from);
  const places = from && placesOf(kept, { from, to });
  const stayed = pairs.flatMap((pair) => {
    const around = places?.get(pair.to) ?? [movedHere(homes.get(pair.from)!, to)];
    return changed(pair.from, pair.to, { states, around }) ?? [];
  });
  const came = from ? to.panels.filter((panel) => !before.has(panel)) : [];
  const gone = from ? removed.filter((panel) => homes.get(panel) === from) : [];
  return inReadingOrder([
    ...stayed,
    ...came.map((panel) => alone(panel, "added", { state: states.to })),
    ...gone.map((panel) => alone(panel, "removed", { state: states.from })),
  ]);
}

/** The sections of the dashboards that changed, one each, in the order of their titles. */
export function compareDashboards(states: Pairing<State>): readonly Section[] {
  const { pairs, added, removed } = match({ from: states.from.dashboards, to: states.to.dashboards }, [
    // Where a uid stands twice, the file tells them apart.
    ({ id, title, file }) => facts(id ?? title, file),
    ({ id }) => id,
    ({ title }) => title || undefined,
    ({ id, file }) => (id === undefined ? file : undefined),
  ]);
  const found = findPanels(states, pairs);
  const section = (dashboard: Dashboard, state: State, ...subjects: readonly Subject[]): Section => {
    return { title: dashboard.title, apart: apartOf(dashboard, state), kind: "dashboard", subjects };
  };
  const whole = (dashboard: Dashboard, status: "added" | "removed", state: State) =>
    alone(dashboard, status, { state, note: namesOf(dashboard.panels) });
  const sections = [
    ...pairs.map(({ from, to }) => {
      const own = changed(from, to, { states });
      return section(to, states.to, ...(own ? [own] : []), ...panelSubjects({ from, to }, states, found));
    }),
    ...added.map((to) => {
      const moved = panelSubjects({ from: undefined, to }, states, found);
      return section(to, states.to, whole(to, "added", states.to), ...moved);
    }),
    ...removed.map((from) => section(from, states.from, whole(from, "removed", states.from))),
  ];
  return sortedBy(
    sections.filter(({ subjects }) => subjects.length > 0),
    ({ title, apart, subjects }) => JSON.stringify([title, apart, subjects[0]!.status, subjects[0]!.id ?? ""]),
  );
}
