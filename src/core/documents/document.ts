import { type Container, isContainer, type Json } from "./json.ts";
import type { At, Position } from "./positions.ts";

/** A document of a file: its value, and where the texts in it stand. */
export type Document = Readonly<{ value: Json; at: (container: Container, key: string) => At }>;
/** What a reader has against a text; the place is absent where it is the whole. */
export type Unreadable = Readonly<{ error: string; place?: Position; refused?: true }>;

const DEEPEST = 400;
const MOST_VALUES = 2_000_000;

/** Why a value is not taken: it holds itself, is nested too deeply, or its anchors unfold to more than memory holds. */
export function refusalOf(root: Json): string | undefined {
  const sizes = new Map<Container, number>();
  const open = new Set<Container>();
  const visit = (value: Json, depth: number): number | string => {
    if (!isContainer(value)) return 1;
    if (open.has(value)) return "an anchor in it holds itself";
    if (depth > DEEPEST) return `it is nested more than ${DEEPEST} levels deep`;
    const cached = sizes.get(value);
    if (cached !== undefined) return cached;
    open.add(value);
    let size = 1;
    for (const item of Array.isArray(value) ? value : Object.values(value)) {
      const inside = visit(item, depth + 1);
      if (typeof inside === "string") return inside;
      size += inside;
    }
    open.delete(value);
    sizes.set(value, size);
    return size > MOST_VALUES ? `it holds more than ${MOST_VALUES} values, its anchors unfolded` : size;
  };
  const size = visit(root, 0);
  return typeof size === "string" ? size : undefined;
}
