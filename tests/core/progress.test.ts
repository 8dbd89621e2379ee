import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { progressOn } from "../../src/core/progress.ts";

const onto = (isTTY: boolean) => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, cursorTo() {}, clearLine() {} });
  let now = 0;
  const progress = progressOn(stream, "asking Loki", { now: () => now });
  return { progress, later: (ms: number) => (now += ms), printed: () => String(stream.read() ?? "") };
};
test("off a terminal, a plain line every five seconds", () => {
  const { progress, later, printed } = onto(false);
  progress.start(4);
  progress.step();
  later(5000);
  progress.step();
  progress.step();
  progress.stop();
  expect(printed()).toBe("asking Loki · 50 %\n");
});
test("of what has no known size, that it is at work", () => {
  const { progress, later, printed } = onto(false);
  later(5000);
  progress.step(7);
  expect(printed()).toBe("asking Loki\n");
});
test("on a terminal, a bar", () => {
  const { progress, printed } = onto(true);
  progress.start(4);
  progress.step();
  progress.stop();
  expect(printed()).toContain("asking Loki");
});
