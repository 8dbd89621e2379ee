import { expect, test } from "vitest";
import { inputsSeen } from "../../../src/tools/reconcile/inputs.ts";
import { positions } from "../../../src/tools/reconcile/positions.ts";

const seen = (...places: (readonly [input: string, position: number])[]) => {
  const inputs = inputsSeen();
  for (const [input, position] of places) inputs.see({ topic: "t", partition: 0, offset: 0, input, position });
  return inputs;
};
const from = (input: string, ...positions: number[]) => positions.map((position) => [input, position] as const);

test("acknowledged records are in Kafka, or lost, or can no longer be checked", () => {
  const inputs = seen(...from("whole", 1, 2, 3), ...from("lost", 1, 3), ...from("unnoted", 9));
  const notes = new Map(Object.entries({ whole: 3, lost: 3, gone: 5 }));
  const verdicts = (forgotten: boolean) =>
    inputs.compared(notes, { forgotten }).map(({ input, verdict, held }) => `${input}: ${verdict}, ${held}`);
  const others = ["unnoted: unnoted, 1", "whole: agrees, 3"];
  expect(verdicts(false)).toEqual(["gone: lost, 0", "lost: lost, 2", ...others]);
  expect(verdicts(true)).toEqual(["gone: unchecked, 0", "lost: unchecked, 2", ...others]);
});

test("places that were sent more than once are listed once each", () => {
  const [input] = seen(...from("f", 1, 2, 3, 4, 7, 2, 3, 7, 7)).compared(new Map(), { forgotten: false });
  expect(input).toMatchObject({ held: 5, repeated: 3, places: ["2–3", "7"] });
});

test("positions remember a million numbers, in any order", () => {
  const set = positions();
  let fresh = 0;
  for (let step = 0; step < 1_000_000; step++) if (set.add((step * 7919) % 1_000_003)) fresh++;
  expect(fresh).toBe(1_000_000);
  expect(set.count()).toBe(1_000_000);
  expect(set.add(0)).toBe(false);
  // 1 000 003 is prime, so the three numbers left out are those of the steps not taken.
  const left = [1_000_000, 1_000_001, 1_000_002].map((step) => (step * 7919) % 1_000_003).sort((a, b) => a - b);
  const edges = [-1, ...left, 1_000_003];
  expect(set.ranges(9)).toEqual(edges.slice(1).map((end, index) => `${edges[index]! + 1}–${end - 1}`));
});

test("a reject that stands for several records counts as all of them, once", () => {
  const inputs = seen(...from("f", 1, 2));
  for (const offset of [7, 8]) inputs.see({ topic: "t", partition: 0, offset, input: "f", position: 100, records: 98 });
  expect(inputs.compared(new Map([["f", 100]]), { forgotten: false })).toMatchObject([
    { verdict: "agrees", held: 100, repeated: 1 },
  ]);
});
