import { sortedBy } from "../../../core/order.ts";
import { canonical } from "../json.ts";
import type { Dashboard, Panel, State } from "../model/model.ts";
import { quoted } from "../vocabulary/scope.ts";
import { apartOf } from "./apart.ts";
import type { Detail } from "./detail.ts";
import { alone, changed } from "./entities.ts";
import { type Identity, type Likeness, match, type Pairing } from "./match.ts";
import { type Home, matchPanels, placeDetails, placeOf } from "./panels.ts";
import type { Section, Subject } from "./report.ts";
import { likeness, queriesOf } from "./similarity.ts";

type States = Pairing<State>;
const MOST_NAMED = 12;

const inFile: Identity<Dashboard> = ({ id, file, title }) => JSON.stringify([id ?? title, file]);
const inFolder: Identity<Dashboard> = ({ id, file, title }) =>
  JSON.stringify([id ?? title, file.split("/").slice(0, -1)]);
const contentOf = ({ title, body, panels }: Omit<Dashboard, "file">): string =>
  canonical([title, body, panels.map(({ title: name, box, body: panel }) => [name, box, panel])]);

const share = (same: number, from: Dashboard, to: Dashboard): number | undefined => {
  const most = Math.max(from.panels.length, to.panels.length);
  return most > 0 && same / most >= 0.6 ? same / most : undefined;
};
/** How much of two dashboards is the same panels, by title and queries. */
const shared = (from: Dashboard, to: Dashboard): number | undefined =>
  share(from.panels.filter((panel) => to.panels.some((other) => likeness(panel, other) >= 0.9)).length, from, to);

/** The same for many dashboards: of panels with the very same title and queries. */
function sharedAmongMany(): Likeness<Dashboard> {
  const known = new Map<Dashboard, ReadonlySet<string>>();
  const signatures = (dashboard: Dashboard) => {
    const made =
      known.get(dashboard) ?? new Set(dashboard.panels.map((panel) => JSON.stringify([panel.title, queriesOf(panel)])));
    known.set(dashboard, made);
    return made;
  };
  return (from, to) => share([...signatures(from)].filter((one) => signatures(to).has(one)).length, from, to);
}
/** Beyond so many pairs of dashboards, panels are no longer compared word by word. */
const MOST_PAIRS = 400;

const homesOf = ({ dashboards }: State): Home => {
  const homes = new Map(dashboards.flatMap((dashboard) => dashboard.panels.map((panel) => [panel, dashboard])));
  return (panel) => homes.get(panel)!;
};

const namesOf = (panels: readonly Panel[]): string => {
  const titles = panels.filter(({ body }) => body.type !== "row").map(({ title }) => quoted(title));
  const more = titles.length > MOST_NAMED ? ` and ${titles.length - MOST_NAMED} more` : "";
  return `${titles.length} ${titles.length === 1 ? "panel" : "panels"}${titles.length > 0 ? `: ${titles.slice(0, MOST_NAMED).join(", ")}${more}` : ""}`;
};

const movedHere = (from: Dashboard, to: Dashboard): Detail => ({
  of: "",
  what: "dashboard",
  change: "moved",
  form: "value",
  pairs: [{ before: quoted(from.title), after: quoted(to.title) }],
  paths: ["panels"],
  from: from.id ?? from.title,
  to: to.id ?? to.title,
});

const inReadingOrder = (subjects: readonly Subject[]): Subject[] => {
  const at = ({ from, to }: Subject) => ((to ?? from) as Panel).box;
  return [...subjects].sort(
    (a, b) => Number(a.to === undefined) - Number(b.to === undefined) || at(a).y - at(b).y || at(a).x - at(b).x,
  );
};

/** The safety net: places that differ although nothing seems to have moved. */
const unexplained = (pairs: readonly Pairing<Panel>[], told: boolean): readonly Pairing<Panel>[] =>
  told ? [] : pairs.filter(({ from, to }) => from.box.x !== to.box.x || from.box.y !== to.box.y);

const placeTold = ({ from, to }: Pairing<Panel>): Detail => ({
  of: "",
  what: "place",
  change: "moved",
  form: "value",
  pairs: [{ before: placeOf(from), after: placeOf(to) }],
  paths: ["gridPos"],
  from: from.box,
  to: to.box,
});

/** The sections of the dashboards that changed, one each, in the order of their titles. */
export function compareDashboards(states: States): readonly Section[] {
  const { pairs, removed, added } = match<Dashboard>(states.from.dashboards, states.to.dashboards, {
    // Where a uid stands twice, the file tells them apart, then the folder.
    identities: [({ id }) => id, inFile, inFolder, ({ title }) => title || undefined],
    contents: [({ file, ...dashboard }) => contentOf(dashboard)],
    likeness: states.from.dashboards.length * states.to.dashboards.length > MOST_PAIRS ? sharedAmongMany() : shared,
    tie: ({ file, title }) => `${file} ${title}`,
  });
  const homes = { from: homesOf(states.from), to: homesOf(states.to) };
  const partner = new Map(pairs.map(({ from, to }) => [to, from]));
  const panels = matchPanels(states.from, states.to, homes, (from, to) => partner.get(to) === from);
  const sectionOf = (dashboard: Dashboard, state: State, subjects: readonly Subject[]): Section => ({
    title: dashboard.title,
    apart: apartOf(dashboard, state),
    kind: "dashboard",
    subjects,
  });

  const pairOf = new Map(panels.pairs.map((pair) => [pair.to, pair]));
  const panelSubjects = (to: Dashboard, from: Dashboard | undefined): readonly Subject[] => {
    const kept = to.panels.flatMap((panel) => pairOf.get(panel) ?? []).filter((pair) => homes.from(pair.from) === from);
    const places = from ? placeDetails(kept, { from, to }) : new Map<Panel, readonly Detail[]>();
    const gone = panels.removed.filter((panel) => homes.from(panel) === from);
    const come = to.panels.filter((panel) => !pairOf.has(panel));
    const left = from !== undefined && from.panels.length !== kept.length;
    const told =
      left ||
      come.length > 0 ||
      to.panels.length !== kept.length ||
      [...places.values()].some((details) => details.length > 0);
    const lost = new Set(unexplained(kept, told));
    const stayed = to.panels.flatMap((panel) => {
      const pair = pairOf.get(panel);
      if (!pair) return from ? [alone(panel, "added", states.to)] : [];
      const before = homes.from(pair.from);
      const surroundings =
        before === from
          ? [...(places.get(panel) ?? []), ...(lost.has(pair) ? [placeTold(pair)] : [])]
          : [movedHere(before, to)];
      return changed(pair.from, panel, states, surroundings) ?? [];
    });
    return inReadingOrder([...stayed, ...gone.map((panel) => alone(panel, "removed", states.from))]);
  };

  const sections = [
    ...pairs.map(({ from, to }) =>
      sectionOf(to, states.to, [changed(from, to, states) ?? [], panelSubjects(to, from)].flat()),
    ),
    ...added.map((to) =>
      sectionOf(to, states.to, [alone(to, "added", states.to, namesOf(to.panels)), ...panelSubjects(to, undefined)]),
    ),
    ...removed.map((from) => sectionOf(from, states.from, [alone(from, "removed", states.from, namesOf(from.panels))])),
  ];
  return sortedBy(
    sections.filter(({ subjects }) => subjects.length > 0),
    ({ title, apart, subjects }) => JSON.stringify([title, apart, subjects[0]!.status, subjects[0]!.id ?? ""]),
  );
}
