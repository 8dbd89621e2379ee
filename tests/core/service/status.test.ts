import { Writable } from "node:stream";
import { pino } from "pino";
import { Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { diskWatch, lowSpace, spaceOf } from "../../../src/core/service/disk.ts";
import { statusServer } from "../../../src/core/service/status.ts";

const WHY = "a Loki whose disk is full goes on acknowledging lines, and loses them at its next start: free some space";

async function watched(free: number) {
  const disk = { free: free * 1e6, size: 1000 * 1e6 };
  const logged: string[] = [];
  const log = pino(
    {},
    new Writable({ write: (line, _, done) => done(void logged.push(JSON.parse(String(line)).msg)) }),
  );
  const registry = new Registry();
  const watch = diskWatch("/data", { registry, prefix: "forwarder_", log, space: () => disk, everyMs: 5 });
  const server = await statusServer({
    variable: "STATUS",
    host: "127.0.0.1",
    port: 0,
    registry,
    healthz: watch.fault,
    warning: watch.warning,
  });
  onTestFinished(async () => {
    watch.close();
    await server.close();
  });
  const get = async (path: string) => {
    const response = await fetch(`${server.url}${path}`);
    return `${response.status} ${await response.text()}`;
  };
  return { disk, logged, get };
}

test("a disk that fills is a warning at a tenth, a fault at a hundredth, and a figure", async () => {
  const { disk, logged, get } = await watched(100);
  expect(await get("/healthz")).toBe("200 ok\n");
  disk.free = 99e6;
  expect(await get("/healthz")).toBe(`200 ok, but: The disk of /data has 9.9 % free (99 MB); ${WHY}.\n`);
  expect(await get("/metrics")).toMatch(
    /^forwarder_disk_free_bytes 99000000\n(.*\n)*forwarder_disk_free_ratio 0\.099$/m,
  );
  disk.free = 9e6;
  expect(await get("/healthz")).toBe(`503 The disk of /data has 0.9 % free (9 MB); ${WHY}.\n`);
  await expect.poll(() => logged.length).toBe(1);
  disk.free = 500e6;
  expect(await get("/healthz")).toBe("200 ok\n");
  await new Promise((later) => setTimeout(later, 30));
  disk.free = 50e6;
  await expect.poll(() => logged).toEqual([expect.stringContaining("9 % free"), expect.stringContaining("5.0 % free")]);
});

test("a status address that is taken is one sentence", async () => {
  const options = {
    variable: "INGEST_STATUS_ADDRESS",
    host: "127.0.0.1",
    registry: new Registry(),
    healthz: () => undefined,
  };
  const server = await statusServer({ ...options, port: 0 });
  onTestFinished(server.close);
  const port = Number(new URL(server.url).port);
  await expect(statusServer({ ...options, port })).rejects.toThrow(
    new RegExp(
      `^INGEST_STATUS_ADDRESS is 127.0.0.1:${port}, where nothing can listen \\(listen EADDRINUSE.*\\); set it to a free host:port\\.$`,
    ),
  );
});

test("an IPv6 address is told as it is written", async () => {
  const options = { variable: "STATUS", host: "2001:db8::1", port: 9464, registry: new Registry() };
  await expect(statusServer({ ...options, healthz: () => undefined })).rejects.toThrow(
    "STATUS is [2001:db8::1]:9464, where nothing can listen (",
  );
});

test("a real disk has a size, and is measured by what a user may fill", () => {
  const { free, size } = spaceOf(".")!;
  expect(size).toBeGreaterThan(1e6);
  expect(free).toBeLessThanOrEqual(size);
  expect(lowSpace("./gone")).toBeUndefined();
  expect(lowSpace(".", { space: () => ({ free: 1, size: 100 }) })).toContain("1.0 % free");
});
