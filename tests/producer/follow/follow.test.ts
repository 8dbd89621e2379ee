import { Readable, Writable } from "node:stream";
import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { RefusedInput } from "../../../src/core/errors.ts";
import { follow } from "../../../src/producer/follow/follow.ts";
import { followMetrics } from "../../../src/producer/follow/metrics.ts";
import { fullLister } from "../../../src/producer/inputs/lister.ts";
import { WHOLE } from "../../../src/producer/inputs/share.ts";
import { inputOf, memorySink, rawLine } from "../records.ts";

const NEVER = async () => {};

test("an input that its store refuses does not keep back the others, and is told as an illness until it is given", async () => {
  let given = false;
  const late = inputOf(rawLine({ Objet: "late" }), "a.json");
  const refused = {
    ...late,
    open: async () => {
      if (!given) throw new RefusedInput("S3 refuses access to a.json.");
      return late.open();
    },
  };
  const memory = memorySink();
  const done = new Set<string>();
  const begin: typeof memory.sink.begin = async (input, how) => {
    const delivery = await memory.sink.begin(input, how);
    return { ...delivery, end: async (last) => void (last?.complete && done.add(input.address)) };
  };
  const sink = {
    ...memory.sink,
    begin,
    isDone: ({ address }: { address: string }) => done.has(address),
    check: NEVER,
    forget: NEVER,
    recall: NEVER,
    see: () => {},
  };
  const [metrics, ending] = [followMetrics(), new AbortController()];
  const log = pino({ level: "silent" });
  const list = async () => [refused, inputOf(rawLine({ Objet: "soon" }), "b.json")];
  const following = follow({
    lister: fullLister(list),
    connect: async () => sink,
    under: undefined,
    share: WHOLE,
    zone: "UTC",
    everyMs: 5,
    log,
    metrics,
    signal: ending.signal,
  });
  await expect.poll(() => memory.records().map(({ objet }) => objet)).toEqual(["soon"]);
  await expect.poll(() => metrics.healthz()).toBe("S3 refuses access to a.json.");
  given = true;
  vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ["Date"] });
  await expect.poll(() => memory.records().map(({ objet }) => objet)).toEqual(["soon", "late"]);
  await expect.poll(() => metrics.healthz()).toBeUndefined();
  vi.useRealTimers();
  ending.abort();
  await following;
});

test("an input that a stop interrupts is not logged as ingested", async () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, new Writable({ write: (line, _, done) => done(void lines.push(JSON.parse(String(line)))) }));
  const ending = new AbortController();
  const slow = {
    ...inputOf("", "slow.json"),
    open: async () =>
      Readable.from(
        (async function* () {
          yield Buffer.from(`${rawLine()}\n`);
          ending.abort();
          yield Buffer.from(`${rawLine()}\n`);
        })(),
      ),
  };
  const memory = memorySink();
  const sink = { ...memory.sink, check: NEVER, forget: NEVER, recall: NEVER, see: () => {} };
  await follow({
    lister: fullLister(async () => [slow]),
    connect: async () => sink,
    under: undefined,
    share: WHOLE,
    zone: "UTC",
    everyMs: 5,
    log,
    metrics: followMetrics(),
    signal: ending.signal,
  });
  expect(lines).toMatchObject([{ object: "slow.json", msg: "interrupted" }]);
});
