import { describe, expect, test } from "vitest";
import { flushes } from "../../src/alerting/flushes.ts";
import type { InstanceLine } from "../../src/alerting/timeline.ts";

describe("when mails go", () => {
  const line = (name: string, states: string): InstanceLine => ({
    labels: { name },
    states: [...states].map((state) => (state === "A" ? "Alerting" : "Normal")),
    since: [...states].map((_, index) => index * 60),
    values: {},
  });
  const sent = (
    lines: readonly InstanceLine[],
    delivery: { wait: number; interval: number; repeat: number },
    tellsEnds = true,
  ) =>
    flushes(
      { moments: lines[0]!.states.map((_, index) => index * 60), instances: lines },
      { ...delivery, tellsEnds },
    ).map(
      ({ at, firing, resolved }) =>
        `${at}: ${firing.map(({ labels }) => labels.name)} / ${resolved.map(({ line: one }) => one.labels.name)}`,
    );
  const usual = { wait: 10, interval: 60, repeat: 240 };
  test("after the group's wait, then only what is new, then what has ended", () => {
    expect(sent([line("a", "NAAANNN"), line("b", "NNAAANN")], usual)).toEqual([
      "70: a / ",
      "130: a,b / ",
      "250: b / a",
      "310:  / b",
    ]);
  });
  test("again when the repeat interval has passed", () => {
    expect(sent([line("a", "NAAAAAAAA")], usual)).toEqual(["70: a / ", "310: a / "]);
  });
  test("nothing for what ended before the wait was over, nor ends that nobody wants", () => {
    expect(sent([line("a", "NANNNN")], { ...usual, wait: 90 })).toEqual([]);
    expect(sent([line("a", "NAANNN")], usual, false)).toEqual(["70: a / "]);
  });
});
