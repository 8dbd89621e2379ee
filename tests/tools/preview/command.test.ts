import { appendFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { dashboards, rules } from "../../support/built.ts";
import { SAMPLE, sample } from "../../support/expected.ts";
import { folderOfFile } from "../../support/folder.ts";
import { served } from "../../support/served.ts";
import { ask, countOf, start } from "./running.ts";

const folder = folderOfFile();

describe("faults are one sentence", () => {
  test.each([
    [["--port", "port"], '--port is "port"; a port is a whole number up to 65535.'],
    [["--sample", "--logs", SAMPLE], "--logs and --sample were both given; choose one."],
    [["--follow"], "--follow goes with --logs: there is nothing else that grows."],
    [
      ["--logs", "-", "--follow"],
      "--follow cannot go on with standard input, which is read to its end; give a file, a folder or an S3 address.",
    ],
    [["--now", "noon"], '--now is "noon"; write 2026-11-27T06:00:00Z, seconds since 1970, or now-1h.'],
    [
      ["--dashboards", "/nowhere"],
      /^The folder \/nowhere cannot be read \(.*\); name a folder of dashboards \(JSON\)\.$/,
    ],
    [["--logs", "/nowhere.json"], "The file /nowhere.json does not exist; check its name."],
  ])("%j", async (args, message) => {
    const { output, ended } = start(args);
    expect(await ended).toBe(1);
    expect(output.err.trim()).toMatch(message);
    expect(output.err.trim().split("\n")).toHaveLength(1);
  });
  test("a taken port is told, not changed", async () => {
    const port = await served(createServer());
    const { output, ended } = start(["--sample"], { env: { PREVIEW_PORT: String(port) } });
    expect(await ended).toBe(1);
    expect(output.err).toBe(
      `Port ${port} on 127.0.0.1 is in use; stop what holds it, or choose another with --port or PREVIEW_PORT.\n`,
    );
  });
});

describe("the preview", () => {
  test("serves the sample on the loopback until it is stopped", async () => {
    const { output, ended, url, stop } = start(["--sample", "--port", "0", "--now", "2026-11-27T12:00:00Z"]);
    const address = await url();
    expect(output.out).toContain(`${dashboards.length} dashboards and ${rules.length} alerts: `);
    expect(await countOf(address)).toBe(sample.filter(({ Etat }) => Etat === "SUCCESS").length);
    expect((await ask(`${address}/api/panels?uid=nobody&panel=1`)).body).toEqual({
      error: `There is no dashboard "nobody"; there are ${dashboards.map(({ uid }) => uid).join(", ")}.`,
    });
    expect(await ask(`${address}/api/dashboard?uid=1-ingestion-health&from=x`)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('from is "x"') },
    });
    expect((await ask(`${address}/api/nothing`)).status).toBe(404);
    expect((await fetch(`${address}/api/state`, { method: "POST" })).status).toBe(405);
    stop();
    expect(await ended).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });
  test("shows one's own logs at the time of the newest record, and tells what was rejected", async () => {
    const file = join(folder, "own.jsonl");
    writeFileSync(file, `${sample.map((record) => JSON.stringify(record)).join("\n")}\nno record\n`);
    const { output, url } = start(["--logs", file, "--port", "0"]);
    const address = await url();
    expect(await countOf(address)).toBe(71);
    const { body } = await ask(`${address}/api/state`);
    expect(new Date((body as { now: number }).now).toISOString()).toBe("2025-09-05T17:31:00.000Z");
    expect((body as { notices: string[] }).notices).toEqual([
      "72 enregistrements lus, 1 rejeté :",
      expect.stringContaining("own.jsonl: "),
    ]);
    expect(output.err).toMatch(/^72 records taken, 1 rejected:\n.*own\.jsonl: {"line":73,.*\n$/);
  });
  test("reads standard input", async () => {
    const stdin = Readable.from([Buffer.from(JSON.stringify(sample[0]))]);
    const { url } = start(["--logs", "-", "--port", "0"], { stdin });
    expect(await countOf(await url())).toBe(1);
  });
  test("takes what comes after with --follow, and tells the pages", async () => {
    const file = join(folder, "grows.jsonl");
    writeFileSync(file, `${JSON.stringify(sample[0])}\n`);
    const { url } = start(["--logs", file, "--follow", "--port", "0", "--now", "2025-09-05T18:00:00Z"]);
    const address = await url();
    const range = "from=now-6h&to=now";
    expect(await countOf(address, range)).toBe(1);
    const changes = (await fetch(`${address}/api/changes`)).body!.getReader();
    appendFileSync(file, `${JSON.stringify(sample[1])}\n`);
    let events = "";
    while (!events.includes("event: data")) events += Buffer.from((await changes.read()).value!).toString();
    expect(await countOf(address, range)).toBe(2);
  });
});
