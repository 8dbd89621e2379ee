import { expect, test, vi } from "vitest";
import type { Look, Standing } from "../../../../src/producer/inputs/lister.ts";
import { type QueueMessage, queueLister } from "../../../../src/producer/inputs/queue/lister.ts";
import { inputOf } from "../../records.ts";

const body = (...keys: string[]) =>
  JSON.stringify({
    Records: keys.map((key) => ({
      eventSource: "aws:s3",
      eventName: "ObjectCreated:Put",
      s3: { bucket: { name: "b" }, object: { key } },
    })),
  });

/** A queue in memory whose messages come again unless they are removed. */
function world(objects: Record<string, string>) {
  const waiting: QueueMessage[] = [];
  const removed: string[] = [];
  const back: string[] = [];
  const poison = vi.fn();
  let now = 0;
  const queue = {
    receive: async () => waiting.splice(0, 10),
    remove: async ({ id }: QueueMessage) => void removed.push(id),
    hold: async (messages: readonly QueueMessage[], how: "longer" | "back") => {
      if (how === "back") back.push(...messages.map(({ id }) => id));
    },
  };
  const nets: Look[] = [];
  const looked = (look: Look): Look => {
    nets.push(look);
    return look;
  };
  const net = { look: async () => looked({ waiting: [], whole: true, more: false }), restart() {} };
  const objectOf = async ({ key }: { key: string }) =>
    key in objects ? { ...inputOf("", key), address: `s3://b/${key}`, version: objects[key] } : undefined;
  const isUnder = ({ bucket, key }: { bucket: string; key: string }) => bucket === "b" && key.startsWith("p/");
  const lister = queueLister({
    queue,
    net,
    netEveryMs: 1000,
    objectOf,
    isUnder,
    onPoison: ({ id }, why) => poison(id, why),
    now: () => now,
  });
  return {
    lister,
    removed,
    back,
    poison,
    nets,
    send: (...messages: [id: string, body: string][]) =>
      waiting.push(...messages.map(([id, text]) => ({ id, receipt: id, body: text }))),
    pass: (ms: number) => (now += ms),
  };
}
const all = (): Standing => "waiting";
const names = ({ waiting }: Look) => waiting.map(({ address }) => address);

test("a message is removed once all its objects are settled, and given back if they are not", async () => {
  const { lister, removed, back, send } = world({ "p/1": "1", "p/2": "1" });
  await lister.look(all);
  send(["m", body("p/1", "p/2")], ["n", body("p/2")]);
  const look = await lister.look(all);
  expect(names(look)).toEqual(["s3://b/p/1", "s3://b/p/2"]);
  await look.waiting[1]!.settled!();
  expect(removed).toEqual(["n"]);
  await look.waiting[0]!.settled!();
  expect(removed).toEqual(["n", "m"]);
  send(["o", body("p/1")]);
  await lister.look(all);
  await lister.restart();
  expect([removed.length, back]).toEqual([2, ["o"]]);
});

test("what is done already or gone is removed at once; what must wait is left to the queue", async () => {
  const { lister, removed, back, send } = world({ "p/done": "1", "p/later": "1" });
  await lister.look(all);
  send(
    ["gone", body("p/gone")],
    ["done", body("p/done")],
    ["later", body("p/later")],
    ["test", '{"Service":"Amazon S3","Event":"s3:TestEvent"}'],
  );
  const look = await lister.look(({ name }) => (name === "p/done" ? "settled" : "later"));
  expect([names(look), removed.sort(), back]).toEqual([[], ["done", "gone", "test"], []]);
});

test("a message that cannot be used is told once, and left to the queue", async () => {
  const { lister, removed, poison, send } = world({});
  await lister.look(all);
  for (const _ of [1, 2]) {
    send(["a", "bonjour"], ["b", body("q/1")]);
    await lister.look(all);
  }
  expect(poison.mock.calls).toEqual([
    ["a", "it is no JSON"],
    ["b", "it is about s3://b/q/1, which is not under --from"],
  ]);
  expect(removed).toEqual([]);
});

test("everything is listed at the start, after that seldom, and after an outage", async () => {
  const { lister, nets, pass } = world({});
  await lister.look(all);
  await lister.look(all);
  expect(nets.length).toBe(1);
  pass(1000);
  await lister.look(all);
  expect(nets.length).toBe(2);
  await lister.restart();
  await lister.look(all);
  expect(nets.length).toBe(3);
});
