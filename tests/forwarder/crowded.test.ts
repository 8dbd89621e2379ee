import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deliver } from "../../src/forwarder/deliver.ts";
import { packed } from "../../src/forwarder/packed.ts";
import { kindOf, rejectOf } from "../../src/forwarder/refused.ts";
import { streamRoom } from "../../src/forwarder/room.ts";
import { crowdedLoki } from "./crowded-loki.ts";

const NOW = 1_800_000_000_000;
const entry = (source: string, text = source) => {
  return { time: NOW, line: Buffer.from(text), partition: 0, offset: "7", source };
};
type Entry = ReturnType<typeof entry>;

async function carrying(room: number, onFull: () => "wait" | "give up") {
  const loki = await crowdedLoki(room);
  const retries: string[] = [];
  const options = {
    loki,
    labelsOf: ({ source }: Entry) => ({ job: "kafka-logs", source }),
    isDoubtful: () => false,
    onRetry: (reason: string) => void retries.push(reason),
    onAnswer: () => {},
    onFull,
    signal: new AbortController().signal,
  };
  return { loki, retries, deliver: (entries: Entry[]) => deliver(entries, options) };
}

test("what Loki has no room for is set aside, and other streams go on", async () => {
  const { loki, retries, deliver } = await carrying(2, () => "give up");
  expect(await deliver([entry("a"), entry("b")])).toEqual([]);
  const flood = Array.from({ length: 50 }, (_, index) => entry(`new ${index}`));
  const refused = await deliver([...flood, entry("a", "failed"), ...flood]);
  expect(refused.map(({ entry }) => entry.source).sort()).toEqual(
    [...flood, ...flood].map(({ source }) => source).sort(),
  );
  expect(loki.held()).toEqual({
    'job="kafka-logs", source="a"': ["a", "failed"],
    'job="kafka-logs", source="b"': ["b"],
  });
  expect(kindOf(refused[0]!.reason)).toBe("streams");
  expect(JSON.parse(rejectOf(refused.find(({ entry }) => entry.source === "new 3")!).message)).toEqual({
    reason:
      "Loki refused it: Maximum active stream limit exceeded when trying to create, reduce the number of active streams (reduce labels or reduce label values), or contact your Loki administrator to see if the limit can be increased, user: 'fake'",
    input: "kafka:ingestion-logs/0",
    line: 7,
    record: "new 3",
  });
  expect(retries).toEqual([]);
});

test("until then it is tried again, after the others, and stored once there is room", async () => {
  let asked = 0;
  const { loki, deliver } = await carrying(1, () => {
    if (++asked === 3) loki.state.room = 2;
    return "wait";
  });
  expect(await deliver([entry("late", "1"), entry("known", "2"), entry("late", "3")])).toEqual([]);
  // Whichever came first found room; the other waited.
  expect(Object.values(loki.held()).flat().sort()).toEqual(["1", "2", "3"]);
  expect(loki.state.refusals).toBe(3);
});

test("Loki's room is given up after 30 s of refusals, and asked for again when none came for 5 minutes", () => {
  let now = 0;
  const room = streamRoom(() => now);
  const at = (seconds: number) => {
    now = seconds * 1000;
    return room.isShort() ? `short, ${room.refused()}` : room.refused();
  };
  expect([0, 29, 30, 40, 339].map(at)).toEqual(["wait", "short, wait", ...Array(3).fill("short, give up")]);
  expect([639, 650, 669].map(at)).toEqual(["wait", "short, wait", "short, give up"]);
});

test("the dashboards' annotation finds the rejects for want of room, the producer's and Loki's, and no others", () => {
  const { annotations } = JSON.parse(
    readFileSync("build/grafana-provisioning/dashboards/1-ingestion-health.json", "utf8"),
  );
  const [, pattern] = /reason=~("(?:[^"\\]|\\.)*")/.exec(annotations.list[1].expr)!;
  const finds = (reason: string) => new RegExp(`^(?:${JSON.parse(pattern!)})$`).test(reason);
  const reasons = [
    "no room for a further stream: 2000 sets of labels are known, from all inputs, and producer.maxStreams in src/config.ts is 4000",
    "Loki refused it: Maximum active stream limit exceeded when trying to create, reduce the number of active streams",
    'Etat is "no room for a further stream", not SUCCESS or FAILED',
    "Loki refused it: has label value too long",
  ];
  expect(reasons.map(finds)).toEqual([true, true, false, false]);
});

test("as many together as fit, in order; what is too large is alone", () => {
  const packs = (sizes: readonly number[]) => packed(sizes, { most: 100, sizeOf: (size) => size });
  expect(packs([20, 30, 50])).toEqual([[20, 30, 50]]);
  expect(packs([20, 30, 51, 49])).toEqual([
    [20, 30],
    [51, 49],
  ]);
  expect(packs([300, 1])).toEqual([[300], [1]]);
  expect(packs([])).toEqual([]);
});
