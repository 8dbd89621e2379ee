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

/** Which dashboard a panel stands in, in either state. */
type Homes = ReadonlyMap<Panel, Dashboard>;
type Found = Readonly<{ homes: Homes; were: ReadonlyMap<Dashboard, Dashboard> }>;

/**
 * Finds each panel again in its dashboard, whatever became of its number or its title.
 * What went to another dashboard is found by both title and content.
 */
function matchPanels({ from, to }: Pairing<State>, { homes, were }: Found) {
  const panels = ({ dashboards }: State) => dashboards.flatMap((dashboard) => dashboard.panels);
  const all = [...from.dashboards, ...to.dashboards];
  /** The place of its dashboard, as it was before. */
  const home = (panel: Panel): number => {
    const own = homes.get(panel)!;
    return all.indexOf(were.get(own) ?? own);
  };
  return match({ from: panels(from), to: panels(to) }, [
    (panel) => facts(home(panel), panel.id ?? panel.key, panel.title),
    (panel) => (panel.title ? facts(home(panel), panel.title) : undefined),
    (panel) => facts(home(panel), without(panel.body, "id", "title")),
    (panel) => (panel.id === undefined ? undefined : facts(home(panel), panel.id, panel.body.type)),
    ({ title, body }) => facts(title, without(body, "id")),
  ]);
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

/** The sections of the dashboards that changed, one each, in the order of their titles. */
export function compareDashboards(states: Pairing<State>): readonly Section[] {
  const dashboards = match({ from: states.from.dashboards, to: states.to.dashboards }, [
    // Where a uid stands twice, the file tells them apart.
    ({ id, title, file }) => facts(id ?? title, file),
    ({ id }) => id,
    ({ title }) => title || undefined,
    ({ id, file }) => (id === undefined ? file : undefined),
  ]);
  const homes: Homes = new Map(
    [...states.from.dashboards, ...states.to.dashboards].flatMap((dashboard) =>
      dashboard.panels.map((panel) => [panel, dashboard]),
    ),
  );
  const were = new Map(dashboards.pairs.map(({ from, to }) => [to, from]));
  const panels = matchPanels(states, { homes, were });
  const before = new Map(panels.pairs.map(({ from, to }) => [to, from]));

  const panelSubjects = (to: Dashboard, from: Dashboard | undefined): readonly Subject[] => {
    const pairs = to.panels.flatMap((panel) => (before.has(panel) ? [{ from: before.get(panel)!, to: panel }] : []));
    const kept = pairs.filter((pair) => homes.get(pair.from) === from);
    const same = kept.length === to.panels.length && kept.length === from?.panels.length;
    const places = from && placesOf(kept, { from, to }, { same });
    const stayed = pairs.flatMap((pair) => {
      const home = homes.get(pair.from)!;
      const details = home === from ? places!.get(pair.to)! : [movedHere(home, to)];
      return changed(pair.from, pair.to, { states, around: details }) ?? [];
    });
    const came = from ? to.panels.filter((panel) => !before.has(panel)) : [];
    const gone = panels.removed.filter((panel) => from !== undefined && homes.get(panel) === from);
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
