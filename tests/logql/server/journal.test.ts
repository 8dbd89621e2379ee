import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startStore } from "../../../src/logql/server/server.ts";
import { app, held, journals, linesFrom, notes, ns, push } from "./support.ts";

const { root, folder, file } = journals();
const NOW = 1_800_000_000_000;
const now = () => NOW;

test("accepted lines are there after a restart, to the nanosecond, with tenants and metadata apart", async () => {
  const where = folder();
  const first = await startStore({ folder: where, now });
  const recent = linesFrom(ns(NOW) + 1n, "é\n\u0000", "later");
  await push(first, [
    {
      labels: app("a"),
      entries: [...recent, [ns(NOW - 3_600_000), "older"]],
    },
    { labels: app("b"), entries: [[ns(NOW), "beside", { trace: "7" }]] },
  ]);
  await push(first, [{ labels: app("a"), entries: [[ns(NOW), "mine"]] }], "other");
  const before = await held(first, '{app=~".+"}', { now: NOW });
  await first.close();
  const second = await startStore({ folder: where, now });
  expect(await held(second, '{app=~".+"}', { now: NOW })).toEqual(before);
  expect(before).toEqual([
    { labels: app("a"), entries: [[ns(NOW - 3_600_000), "older"], ...recent] },
    { labels: { app: "b", trace: "7" }, entries: [[ns(NOW), "beside"]] },
  ]);
  expect(await held(second, '{app=~".+"}', { now: NOW, tenant: "other" })).toEqual([
    { labels: app("a"), entries: [[ns(NOW), "mine"]] },
  ]);
  const late = await push(second, [{ labels: app("a"), entries: [[ns(NOW - 25 * 3_600_000), "too late"]] }]);
  expect(late).toMatchObject({ status: 400, text: expect.stringContaining("too far behind") });
  await second.close();
});

test("a torn last line is dropped with a word, and what comes behind it is readable", async () => {
  const where = folder();
  const first = await startStore({ folder: where, now });
  await push(first, [{ labels: app("a"), entries: [[ns(NOW), "whole"]] }]);
  await first.close();
  const sound = readFileSync(file(where), "utf8");
  appendFileSync(file(where), sound.slice(0, 40));
  const { messages, log } = notes();
  const second = await startStore({ folder: where, now, log });
  expect(messages).toEqual([expect.stringMatching(/last line of the journal was torn and was dropped/)]);
  expect(readFileSync(file(where), "utf8")).toBe(sound);
  await push(second, [{ labels: app("a"), entries: [[ns(NOW) + 1n, "next"]] }]);
  await second.close();
  const third = await startStore({ folder: where, now });
  expect(await held(third, '{app="a"}', { now: NOW })).toEqual([
    { labels: app("a"), entries: linesFrom(ns(NOW), "whole", "next") },
  ]);
  await third.close();
});

test("a line in the middle that cannot be read is left out with a word", async () => {
  const where = folder();
  const first = await startStore({ folder: where, now });
  for (const line of ["one", "two"]) await push(first, [{ labels: app("a"), entries: [[ns(NOW), line]] }]);
  await first.close();
  const [one, two] = readFileSync(file(where), "utf8").split("\n");
  writeFileSync(file(where), `${one}\n{"tenant":1}\n${two}\n`);
  const { messages, log } = notes();
  const second = await startStore({ folder: where, now, log });
  expect(messages).toEqual([expect.stringMatching(/cannot be read and was left out/)]);
  expect(second.lines()).toBe(2);
  await second.close();
});

test("a folder that cannot be used is one sentence", async () => {
  const where = folder();
  writeFileSync(join(root, "file"), "");
  await expect(startStore({ folder: join(root, "file") })).rejects.toThrow(
    /^The store cannot use the folder .*; set STORE_FOLDER to one that it can write\.$/,
  );
  const first = await startStore({ folder: where });
  const port = Number(new URL(first.url).port);
  await expect(startStore({ port })).rejects.toThrow(
    `The store cannot listen on port ${port} of 127.0.0.1 (EADDRINUSE); set LOKI_PORT to a free one.`,
  );
  await first.close();
});
