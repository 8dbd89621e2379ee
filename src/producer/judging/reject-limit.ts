import { type Item, rest, untold } from "./items.ts";

/**
 * Lets so many rejects of an input through as they are.
 * `rest` is one that stands for all others, if there are any, and the place of the last of them.
 */
export function rejectLimit(most: number, input: string) {
  let count = 0;
  let more: { records: number; first: number; last: number } | undefined;
  return {
    limited(item: Item, position: number): Item {
      if (item.kind !== "reject" || ++count <= most) return item;
      more = { records: (more?.records ?? 0) + 1, first: more?.first ?? position, last: position };
      return untold(item);
    },
    rest: () => more && { item: rest(input, { ...more, most }), position: more.last },
  };
}
