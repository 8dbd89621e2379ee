import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { optionsFrom } from "../../../src/logql/server/options.ts";
import { ownProgram } from "../../../src/stack/own-program.ts";
import { called } from "../../support/called.ts";
import { folderOfFile } from "../../support/folder.ts";

const folder = folderOfFile();
const children: ReturnType<typeof start>[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

function start(env: Record<string, string>) {
  return spawn(process.execPath, ownProgram("store"), {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function started(env: Record<string, string>) {
  const child = start(env);
  children.push(child);
  const [first] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, greeting: JSON.parse(String(first).split("\n")[0]!) as Record<string, unknown> };
}

test("a store that is killed has every answered line when it comes back, and ends at a signal", async () => {
  const port = await freePort();
  const env = { LOKI_PORT: String(port), STORE_FOLDER: join(folder, "loki") };
  const url = `http://127.0.0.1:${port}`;
  const time = `${Date.now()}000000`;
  const first = await started(env);
  expect(first.greeting).toMatchObject({
    url,
    lines: 0,
    maxLines: 1_000_000,
    msg: expect.stringContaining("data that matters belongs into Loki"),
  });
  const body = JSON.stringify({ streams: [{ stream: { app: "a" }, values: [[time, "kept"]] }] });
  const pushed = await fetch(`${url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  expect(pushed.status).toBe(204);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const second = await started(env);
  expect(second.greeting).toMatchObject({ lines: 1 });
  const shown = await (
    await fetch(`${url}/loki/api/v1/query_range?${new URLSearchParams({ query: '{app="a"}' })}`)
  ).json();
  expect(shown).toMatchObject({ data: { result: [{ stream: { app: "a" }, values: [[time, "kept"]] }] } });
  expect(await (await fetch(`${url}/ready`)).text()).toBe("ready\n");
  second.child.kill("SIGTERM");
  expect(await once(second.child, "exit")).toEqual([0, null]);
});

test("a setting that does not do is one sentence", async () => {
  expect(await called(["store"], { env: { STORE_MAX_LINES: "many" } })).toEqual({
    status: 1,
    stdout: "",
    stderr: 'STORE_MAX_LINES is "many"; set it to a whole number from 1 to 100000000.\n',
  });
});

test("the settings of the environment", () => {
  expect(optionsFrom({})).toEqual({
    port: 3100,
    folder: undefined,
    maxLines: 1_000_000,
    retention: 92 * 86_400_000,
    tenants: false,
  });
  expect(
    optionsFrom({
      LOKI_PORT: "1",
      STORE_FOLDER: "x",
      STORE_MAX_LINES: "5",
      STORE_RETENTION: "7d",
      STORE_TENANTS: "true",
    }),
  ).toEqual({
    port: 1,
    folder: "x",
    maxLines: 5,
    retention: 7 * 86_400_000,
    tenants: true,
  });
  for (const [name, value] of [
    ["LOKI_PORT", "0"],
    ["LOKI_PORT", "65536"],
    ["STORE_RETENTION", "soon"],
    ["STORE_TENANTS", "1"],
  ] as const)
    expect(() => optionsFrom({ [name]: value })).toThrow(`${name} is "${value}"; set it to `);
});
