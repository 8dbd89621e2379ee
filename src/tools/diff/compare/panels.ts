import { canonical } from "../json.ts";
import type { Dashboard, Panel, State } from "../model/model.ts";
import { quoted } from "../vocabulary/scope.ts";
import type { Detail } from "./detail.ts";
import { movedPanels, placeWords } from "./layout.ts";
import { type Matched, match, type Pairing } from "./match.ts";
import { likeness } from "./similarity.ts";

export type Home = (panel: Panel) => Dashboard;
type Same = (from: Dashboard, to: Dashboard) => boolean;

/** Below these, two panels are not the same one: with the same id, elsewhere in the dashboard, in another dashboard. */
const LEAST = { sameId: 0.4, sameDashboard: 0.6, otherDashboard: 0.8 };

/** Finds each panel again: by id and title, else the most alike in its dashboard or in another one. */
export function matchPanels(
  from: State,
  to: State,
  homes: Readonly<{ from: Home; to: Home }>,
  same: Same,
): Matched<Panel> {
  const panels = ({ dashboards }: State) => dashboards.flatMap((dashboard) => dashboard.panels);
  const names = new Map<Dashboard, string>([
    ...from.dashboards.map((dashboard, index) => [dashboard, `old ${index}`] as const),
    ...to.dashboards.map((dashboard, index) => {
      const before = from.dashboards.findIndex((one) => same(one, dashboard));
      return [dashboard, before === -1 ? `new ${index}` : `old ${before}`] as const;
    }),
  ]);
  const nameOf = (panel: Panel, side: "from" | "to") => names.get(homes[side](panel))!;
  return match(panels(from), panels(to), {
    identities: [(panel, side) => JSON.stringify([nameOf(panel, side), panel.id ?? panel.key, panel.title])],
    contents: [
      (panel, side) => canonical([nameOf(panel, side), panel.id ?? null, panel.title, panel.box, panel.body]),
      (panel, side) => canonical([nameOf(panel, side), panel.title, panel.body]),
    ],
    likeness: (before, after) => {
      const content = likeness(before, after);
      const together = same(homes.from(before), homes.to(after));
      const sameId = together && before.id !== undefined && before.id === after.id;
      if (content < (sameId ? LEAST.sameId : together ? LEAST.sameDashboard : LEAST.otherDashboard)) return undefined;
      return content + (together ? 0.2 : 0) + (sameId ? 0.2 : 0);
    },
    tie: (panel) => `${panel.file} ${panel.key}`,
    block: nameOf,
  });
}

const one = (
  what: string,
  change: Detail["change"],
  path: string,
  before: string,
  after: string,
  from: unknown,
  to: unknown,
): Detail => ({
  of: "",
  what,
  change,
  form: "value",
  pairs: [{ before, after }],
  paths: [path],
  from: from as never,
  to: to as never,
});

/** What happened to the places of the panels that a dashboard kept: sizes, moves, rows. */
export function placeDetails(
  pairs: readonly Pairing<Panel>[],
  dashboards: Pairing<Dashboard>,
): ReadonlyMap<Panel, readonly Detail[]> {
  const { from, to } = dashboards;
  const rows = new Map(pairs.map((pair) => [pair.from.key, pair.to.key]));
  const found = new Map<Panel, Detail[]>(pairs.map((pair) => [pair.to, []]));
  const groupOf = ({ from: panel }: Pairing<Panel>) => panel.row ?? "";
  const stays = (pair: Pairing<Panel>) =>
    pair.from.row === undefined ? pair.to.row === undefined : rows.get(pair.from.row) === pair.to.row;
  for (const group of new Set(pairs.map(groupOf))) {
    const members = pairs
      .filter((pair) => groupOf(pair) === group && stays(pair))
      .sort((a, b) => a.to.box.y - b.to.box.y || a.to.box.x - b.to.box.x);
    const around = {
      from: from.panels.filter(({ row, key }) => (row ?? "") === group || key === group),
      to: to.panels.filter(({ row, key }) => row === members[0]?.to.row || key === members[0]?.to.row),
    };
    for (const pair of movedPanels(members, around)) found.get(pair.to)!.push(moved(pair, around));
  }
  for (const pair of pairs) {
    const [before, after] = [pair.from.box, pair.to.box];
    if (before.w !== after.w || before.h !== after.h)
      found
        .get(pair.to)!
        .push(one("size", "changed", "gridPos", `${before.w} × ${before.h}`, `${after.w} × ${after.h}`, before, after));
    if (!stays(pair) && isTelling(pair, dashboards, rows))
      found
        .get(pair.to)!
        .push(
          one(
            "row",
            "moved",
            "gridPos",
            rowTitle(pair.from, from),
            rowTitle(pair.to, to),
            pair.from.row ?? null,
            pair.to.row ?? null,
          ),
        );
  }
  return found;
}

/** Where a panel stands on its dashboard. */
export const placeOf = ({ box: { x, y } }: Panel): string => `column ${x}, line ${y}`;

function moved(pair: Pairing<Panel>, around: Pairing<readonly Panel[]>): Detail {
  const [before, after] = [placeWords(pair.from, around.from), placeWords(pair.to, around.to)];
  const words = before === after ? [placeOf(pair.from), placeOf(pair.to)] : [before, after];
  return one("place", "moved", "gridPos", words[0]!, words[1]!, pair.from.box, pair.to.box);
}

const rowTitle = ({ row }: Panel, { panels }: Dashboard): string => {
  const found = row === undefined ? undefined : panels.find(({ key }) => key === row);
  return found ? quoted(found.title) : "no row";
};

/** A panel changes its row without moving when the row itself came or went. */
function isTelling(
  { from, to }: Pairing<Panel>,
  dashboards: Pairing<Dashboard>,
  rows: ReadonlyMap<string, string>,
): boolean {
  const gone = from.row !== undefined && !rows.has(from.row);
  const come = to.row !== undefined && ![...rows.values()].includes(to.row);
  return !(gone || come) || dashboards.from.panels.length === 0;
}
