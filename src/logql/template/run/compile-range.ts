import type { BranchNode, Tree } from "../parse/nodes.ts";
import { printed } from "../print/format.ts";
import { bigOf, isDict, isInt, isList, type Value } from "../value.ts";
import { lastSpot, stop } from "./place.ts";
import { BREAK, type Evaluate, type Execute, GO_ON } from "./run.ts";

type Range = {
  readonly tree: Tree;
  readonly node: BranchNode;
  readonly value: Evaluate;
  readonly body: Execute;
  readonly otherwise: Execute;
};
type Step = readonly [index: Value, element: Value];

function* integers(count: bigint, typed: Value): Generator<Step> {
  const type = typeof typed === "object" && typed !== null ? typed.type : undefined;
  for (let index = 0n; index < count; index++) {
    const value = type ? { type, int: index } : index;
    yield [value, value];
  }
}

/** What a range goes over, in Go's order; undefined where Go refuses the value. */
const stepsOf = (value: Value): Iterable<Step> | undefined => {
  if (value === undefined || value === null) return [];
  if (isInt(value)) return integers(bigOf(value), value);
  if (isList(value)) return value.items.map((item, index): Step => [BigInt(index), item]);
  return isDict(value) ? value.keys().map((key): Step => [key, value.get(key)]) : undefined;
};

/** Compiles a range; its variables are set at each step, the last of them to the element. */
export const compileRange = ({ tree, node, value, body, otherwise }: Range): Execute => {
  const halt = stop(tree, lastSpot(node.pipe));
  const slots = node.pipe.variables.map((variable) => variable.slot);
  return (run, dot) => {
    const over = value(run, dot);
    const steps = stepsOf(over) ?? halt(`range can't iterate over ${printed(over)}`);
    if (isInt(over) && slots.length > 1) {
      return halt(`can't use ${printed(over)} to iterate over more than one variable`);
    }
    let ran = false;
    for (const [index, element] of steps) {
      ran = true;
      const set = slots.length > 1 ? [index, element] : [element];
      slots.forEach((slot, place) => {
        run.frame[slot] = set[place];
      });
      if (body(run, element) === BREAK) break;
    }
    return ran ? GO_ON : otherwise(run, dot);
  };
};
