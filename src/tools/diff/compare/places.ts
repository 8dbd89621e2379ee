import { diffArrays } from "diff";
import { grouped } from "../../../core/grouped.ts";
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

const moveOf = (pair: Pairing<Panel>): Detail =>
  around({ what: "place", change: "moved", words: both(pair, cellOf), values: both(pair, ({ box }) => box) });

function sizeOf(pair: Pairing<Panel>): readonly Detail[] {
  const values = both(pair, ({ box }) => box);
  const words = both(values, ({ w, h }) => `${w} × ${h}`);
  return words.from === words.to ? [] : [around({ what: "size", change: "changed", words, values })];
}

const boxesIn = (row: string | undefined, panels: readonly Panel[]): readonly Box[] =>
  panels.filter((panel) => panel.row === row || panel.key === row).map(({ box }) => box);

/** What happened to the places of the panels that a dashboard kept: moves, sizes, rows. */
export function placesOf(pairs: Pairs, dashboards: Pairing<Dashboard>): ReadonlyMap<Panel, readonly Detail[]> {
  const same = pairs.map(({ from, to }) => [from.key, to.key] as const);
  const rows = new Map<string | undefined, string | undefined>([[undefined, undefined], ...same]);
  const stays = ({ from, to }: Pairing<Panel>) => rows.get(from.row) === to.row;
  const moves = [...grouped(pairs.filter(stays), ({ to }) => to.row).values()].flatMap((members) =>
    moved(
      members,
      both(dashboards, ({ panels }, side) => boxesIn(members[0]![side].row, panels)),
    ),
  );
  const rowOf = ({ row }: Panel, side: Side) => {
    const title = dashboards[side].panels.find(({ key }) => key === row)?.title;
    return title === undefined ? "no row" : quoted(title);
  };
  const changeOfRow = (pair: Pairing<Panel>): readonly Detail[] => {
    // A row that came or went is told itself.
    const isKept = rows.has(pair.from.row) && [...rows.values()].includes(pair.to.row);
    if (stays(pair) || !isKept) return [];
    const [words, values] = [both(pair, rowOf), both(pair, ({ row }) => row ?? null)];
    return [around({ what: "row", change: "moved", words, values })];
  };
  const details = pairs.map((pair) => [
    ...(moves.includes(pair) ? [moveOf(pair)] : []),
    ...sizeOf(pair),
    ...changeOfRow(pair),
  ]);
  // Places that differ although nothing seems to have moved, grown, come or gone.
  const isWhole = [dashboards.from, dashboards.to].every(({ panels }) => panels.length === pairs.length);
  const isSilent = isWhole && details.flat().length === 0;
  return new Map(pairs.map((pair, at) => [pair.to, isSilent && isShifted(pair) ? [moveOf(pair)] : details[at]!]));
}
