import { diffArrays } from "diff";
import type { Json } from "../json.ts";
import type { Dashboard, Panel } from "../model/model.ts";
import { quoted } from "../vocabulary/scope.ts";
import type { Detail } from "./detail.ts";
import type { Pairing } from "./match.ts";

type Side = "from" | "to";
type Pairs = readonly Pairing<Panel>[];

const inReadingOrder = (pairs: Pairs, side: Side): Pairs =>
  pairs.toSorted((a, b) => a[side].box.y - b[side].box.y || a[side].box.x - b[side].box.x);
const startsLine = (pairs: Pairs, side: Side) =>
  new Set(pairs.filter((pair, index) => pairs[index - 1]?.[side].box.y !== pair[side].box.y));
const isShifted = ({ from, to }: Pairing<Panel>) => from.box.x !== to.box.x || from.box.y !== to.box.y;

/**
 * The panels of one row that moved: they are read in another order than before, or left a line that they shared.
 * What only follows a panel that grew, went or came is not among them.
 */
function moved(pairs: Pairs): ReadonlySet<Pairing<Panel>> {
  const [before, after] = [inReadingOrder(pairs, "from"), inReadingOrder(pairs, "to")];
  const turned = new Set(diffArrays([...before], [...after]).flatMap(({ added, value }) => (added ? value : [])));
  const stayed = (all: Pairs) => all.filter((pair) => !turned.has(pair));
  const [was, is] = [startsLine(stayed(before), "from"), startsLine(stayed(after), "to")];
  const apart = stayed(after).flatMap((pair, index, all) =>
    was.has(pair) === is.has(pair) ? [] : [isShifted(pair) ? pair : (all[index - 1] ?? pair)],
  );
  const found = [...turned, ...apart].filter(isShifted);
  return new Set(found.length > 0 || turned.size === 0 ? found : pairs.filter(isShifted));
}

/** Says a place as one sees it: `line 2`, `line 3, place 2 of 3`; a line is what starts on the same height. */
function lineOf(panel: Panel, all: readonly Panel[]): string {
  const heights = [...new Set(all.map(({ box }) => box.y))].sort((a, b) => a - b);
  const same = all.filter(({ box }) => box.y === panel.box.y).sort((a, b) => a.box.x - b.box.x);
  const line = `line ${heights.indexOf(panel.box.y) + 1}`;
  return same.length > 1 ? `${line}, place ${same.indexOf(panel) + 1} of ${same.length}` : line;
}
const cellOf = ({ box: { x, y } }: Panel): string => `column ${x}, line ${y}`;

type Facts = Readonly<{ what: string; change: Detail["change"]; words: Pairing<string>; values: Pairing<Json> }>;
/** What changed around a panel. */
export const around = ({ what, change, words, values }: Facts): Detail => ({
  of: "",
  what,
  change,
  form: "value",
  pairs: [{ before: words.from, after: words.to }],
  paths: [what === "dashboard" ? "panels" : "gridPos"],
  ...values,
});
const both = <T, U>({ from, to }: Pairing<T>, of: (one: T, side: Side) => U): Pairing<U> => ({
  from: of(from, "from"),
  to: of(to, "to"),
});

function place(pair: Pairing<Panel>, group: Pairing<readonly Panel[]>): Detail {
  const lines = both(pair, (panel, side) => lineOf(panel, group[side]));
  const words = lines.from === lines.to ? both(pair, cellOf) : lines;
  return around({ what: "place", change: "moved", words, values: both(pair, ({ box }) => box) });
}

/** What happened to the places of the panels that a dashboard kept: sizes, moves, rows. `same` if no panel came or went. */
export function placesOf(
  pairs: Pairs,
  dashboards: Pairing<Dashboard>,
  { same }: Readonly<{ same: boolean }>,
): ReadonlyMap<Panel, readonly Detail[]> {
  const rows = new Map(pairs.map(({ from, to }) => [from.key, to.key]));
  const stays = ({ from, to }: Pairing<Panel>) => (from.row === undefined ? undefined : rows.get(from.row)) === to.row;
  const found = new Map<Panel, Detail[]>(pairs.map(({ to }) => [to, []]));
  for (const row of new Set(pairs.map(({ to }) => to.row))) {
    const members = pairs.filter((pair) => pair.to.row === row && stays(pair));
    const group = both(dashboards, ({ panels }, side) =>
      panels.filter((panel) => panel.row === members[0]?.[side].row || panel.key === members[0]?.[side].row),
    );
    for (const pair of moved(members)) found.get(pair.to)!.push(place(pair, group));
  }
  const rowOf = ({ row }: Panel, side: Side) => {
    const title = dashboards[side].panels.find(({ key }) => row !== undefined && key === row)?.title;
    return title === undefined ? "no row" : quoted(title);
  };
  for (const pair of pairs) {
    const boxes = both(pair, ({ box }) => box);
    const size = both(boxes, ({ w, h }) => `${w} × ${h}`);
    const values = both(pair, ({ row }) => row ?? null);
    if (size.from !== size.to)
      found.get(pair.to)!.push(around({ what: "size", change: "changed", words: size, values: boxes }));
    if (!stays(pair))
      found.get(pair.to)!.push(around({ what: "row", change: "moved", words: both(pair, rowOf), values }));
  }
  // Places that differ although nothing seems to have moved, grown, come or gone.
  if (!same || [...found.values()].some((details) => details.length > 0)) return found;
  for (const pair of pairs.filter(isShifted))
    found
      .get(pair.to)!
      .push(
        around({ what: "place", change: "moved", words: both(pair, cellOf), values: both(pair, ({ box }) => box) }),
      );
  return found;
}
