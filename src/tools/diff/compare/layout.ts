import type { Box, Panel } from "../model/model.ts";
import type { Pairing } from "./match.ts";

type Boxes = readonly Box[];
const apart = (from: number, length: number, other: number, otherLength: number): number =>
  from + length <= other ? -1 : other + otherLength <= from ? 1 : 0;
const beside = (a: Box, b: Box) => apart(a.x, a.w, b.x, b.w);
const stacked = (a: Box, b: Box) => apart(a.y, a.h, b.y, b.h);

/** How `a` stands to `b`: above, below, or on the same height to its left or right. */
const relation = (a: Box, b: Box): string => (stacked(a, b) !== 0 ? `y${stacked(a, b)}` : `x${beside(a, b)}`);

/** The free space above a box, up to the next box or the edge. */
const above = (box: Box, all: Boxes) =>
  box.y -
  Math.max(0, ...all.filter((other) => stacked(other, box) < 0 && beside(other, box) === 0).map(({ y, h }) => y + h));
/** The free space to the left of a box. */
const left = (box: Box, all: Boxes) =>
  box.x -
  Math.max(0, ...all.filter((other) => beside(other, box) < 0 && stacked(other, box) === 0).map(({ x, w }) => x + w));

/** The fewest pairs, about, whose change of place explains every relation that turned round. */
function turned(pairs: readonly Pairing<Panel>[]): ReadonlySet<Pairing<Panel>> {
  const shifted = ({ from, to }: Pairing<Panel>) => from.box.x !== to.box.x || from.box.y !== to.box.y;
  const against = new Map(pairs.filter(shifted).map((pair) => [pair, new Set<Pairing<Panel>>()]));
  for (const [index, one] of pairs.entries())
    for (const other of pairs.slice(index + 1))
      if (relation(one.from.box, other.from.box) !== relation(one.to.box, other.to.box)) {
        against.get(one)?.add(other);
        against.get(other)?.add(one);
      }
  const moved = new Set<Pairing<Panel>>();
  while (against.size > 0) {
    const [most, others] = [...against].reduce((best, next) => (next[1].size > best[1].size ? next : best));
    if (others.size === 0) break;
    moved.add(most);
    against.delete(most);
    for (const rest of against.values()) rest.delete(most);
  }
  return moved;
}

/**
 * The panels that really moved: their order among the others turned round, or the space before them changed.
 * What only follows a panel that grew, went or came is not among them. All belong to one row, or to none.
 */
export function movedPanels(
  pairs: readonly Pairing<Panel>[],
  all: Pairing<readonly Panel[]>,
): ReadonlySet<Pairing<Panel>> {
  const [before, after] = [all.from.map(({ box }) => box), all.to.map(({ box }) => box)];
  const moved = new Set(turned(pairs));
  for (const pair of pairs) {
    const { from, to } = pair;
    const others = (boxes: Boxes, own: Box) => boxes.filter((box) => box !== own);
    const [old, next] = [others(before, from.box), others(after, to.box)];
    const [dx, dy] = [from.box.x !== to.box.x, from.box.y !== to.box.y];
    if ((dx && left(from.box, old) !== left(to.box, next)) || (dy && above(from.box, old) !== above(to.box, next)))
      moved.add(pair);
  }
  return moved;
}

/** Says a place as one sees it: `line 2`, `line 3, place 2 of 3`; a line is what starts on the same height. */
export function placeWords(panel: Panel, all: readonly Panel[]): string {
  const heights = [...new Set(all.map(({ box }) => box.y))].sort((a, b) => a - b);
  const same = all.filter(({ box }) => box.y === panel.box.y).sort((a, b) => a.box.x - b.box.x);
  const line = `line ${heights.indexOf(panel.box.y) + 1}`;
  return same.length > 1 ? `${line}, place ${same.indexOf(panel) + 1} of ${same.length}` : line;
}
