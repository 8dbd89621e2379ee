import { diffArrays } from "diff";
import type { Json } from "../json.ts";
import type { Box, Dashboard, Panel } from "../model/model.ts";
import { quoted } from "../vocabulary/scope.ts";
import type { Detail } from "./detail.ts";
import type { Pairing } from "./match.ts";

type Side = "from" | "to";
type Pairs = readonly Pairing<Panel>[];

/** Panels as they are read: line by line. */
export const byReading = (a: Panel, b: Panel): number => a.box.y - b.box.y || a.box.x - b.box.x;
const inReadingOrder = (pairs: Pairs, side: Side): Pairs => pairs.toSorted((a, b) => byReading(a[side], b[side]));
const isShifted = ({ from, to }: Pairing<Panel>) => from.box.x !== to.box.x || from.box.y !== to.box.y;

/** The free space between a box and what stands to its left or above it. */
function space(all: readonly Box[], axis: "x" | "y", box: Box): number {
  const [size, across, width] = axis === "x" ? (["w", "y", "h"] as const) : (["h", "x", "w"] as const);
  const ends = all
    .filter((one) => one[across] < box[across] + box[width] && box[across] < one[across] + one[width])
    .map((one) => one[axis] + one[size]);
  return box[axis] - Math.max(0, ...ends.filter((end) => end <= box[axis]));
}

/**
 * The panels of one row that moved: they are read in another order than before, or the space before them is another.
 * What only follows a panel that grew, went or came is not among them. `boxes` are those of the row in each state.
 */
function moved(pairs: Pairs, boxes: Pairing<readonly Box[]>): readonly Pairing<Panel>[] {
  const [before, after] = [inReadingOrder(pairs, "from"), inReadingOrder(pairs, "to")];
  const turned = new Set(diffArrays([...before], [...after]).flatMap(({ added, value }) => (added ? value : [])));
  const isApart = ({ from, to }: Pairing<Panel>) =>
    (["x", "y"] as const).some(
      (axis) => from.box[axis] !== to.box[axis] && space(boxes.from, axis, from.box) !== space(boxes.to, axis, to.box),
    );
  const found = pairs.filter((pair) => isApart(pair) || (turned.has(pair) && isShifted(pair)));
  return found.length > 0 || turned.size === 0 ? found : pairs.filter(isShifted);
}

export const cellOf = ({ box: { x, y } }: Panel): string => `column ${x}, line ${y}`;

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

/** What happened to the places of the panels that a dashboard kept: sizes, moves, rows. `same`: none came or went. */
export function placesOf(
  pairs: Pairs,
  dashboards: Pairing<Dashboard>,
  { same }: Readonly<{ same: boolean }>,
): ReadonlyMap<Panel, readonly Detail[]> {
  const rows = new Map(pairs.map(({ from, to }) => [from.key, to.key]));
  const stays = ({ from, to }: Pairing<Panel>) => (from.row === undefined ? undefined : rows.get(from.row)) === to.row;
  const found = new Map<Panel, Detail[]>(pairs.map(({ to }) => [to, []]));
  const tell = (pair: Pairing<Panel>, fact: Facts) => found.get(pair.to)!.push(around(fact));
  const move = (pair: Pairing<Panel>) =>
    tell(pair, { what: "place", change: "moved", words: both(pair, cellOf), values: both(pair, ({ box }) => box) });
  for (const row of new Set(pairs.map(({ to }) => to.row))) {
    const members = pairs.filter((pair) => pair.to.row === row && stays(pair));
    const boxesOf = ({ panels }: Dashboard, side: Side) => {
      const own = members[0]?.[side].row;
      return panels.filter((panel) => panel.row === own || panel.key === own).map(({ box }) => box);
    };
    moved(members, both(dashboards, boxesOf)).forEach(move);
  }
  const rowOf = ({ row }: Panel, side: Side) => {
    const title = dashboards[side].panels.find(({ key }) => row !== undefined && key === row)?.title;
    return title === undefined ? "no row" : quoted(title);
  };
  const isKept = ({ from, to }: Pairing<Panel>) =>
    (from.row === undefined || rows.has(from.row)) && (to.row === undefined || [...rows.values()].includes(to.row));
  for (const pair of pairs) {
    const boxes = both(pair, ({ box }) => box);
    const size = both(boxes, ({ w, h }) => `${w} × ${h}`);
    const values = both(pair, ({ row }) => row ?? null);
    if (size.from !== size.to) tell(pair, { what: "size", change: "changed", words: size, values: boxes });
    // A row that came or went is told itself.
    if (!stays(pair) && isKept(pair)) tell(pair, { what: "row", change: "moved", words: both(pair, rowOf), values });
  }
  // Places that differ although nothing seems to have moved, grown, come or gone.
  if (same && [...found.values()].every((details) => details.length === 0)) pairs.filter(isShifted).forEach(move);
  return found;
}
