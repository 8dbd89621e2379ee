import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePorts } from "../../../src/stack/ports.ts";
import { optionsFrom } from "../../../src/tools/store/options.ts";
import { called } from "../../support/called.ts";
import { folderOfFile } from "../../support/folder.ts";
import { startProgram } from "../../support/ingest.ts";

const folder = folderOfFile();
async function started(env: Record<string, string>) {
  const { child } = startProgram(["store"], env);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [first] = await once(child.stdout!, "data");
  return { child, greeting: JSON.parse(String(first).split("\n")[0]!) as Record<string, unknown> };
}

test("a store that is killed has every answered line when it comes back, and ends at a signal", async () => {
  const { loki: port } = await freePorts();
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
  const usual = { port: 3100, folder: undefined, maxLines: 1_000_000, retention: 92 * 86_400_000, tenants: false };
  expect(optionsFrom({})).toEqual(usual);
  const store = { STORE_FOLDER: "x", STORE_MAX_LINES: "5", STORE_RETENTION: "7d", STORE_TENANTS: "true" };
  const options = { port: 1, folder: "x", maxLines: 5, retention: 7 * 86_400_000, tenants: true };
  expect(optionsFrom({ LOKI_PORT: "1", ...store })).toEqual(options);
  for (const [name, value] of [
    ["STORE_RETENTION", "soon"],
    ["STORE_TENANTS", "1"],
  ] as const)
    expect(() => optionsFrom({ [name]: value })).toThrow(`${name} is "${value}"; set it to `);
});
