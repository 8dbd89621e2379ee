import { PassThrough, Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { run } from "../../../src/tools/preview/command.ts";
import { chartOf } from "./readings.ts";
import { browsing, copyOfBuild, NOW } from "./support.ts";

const open = browsing();

describe("a change of the generated files", () => {
  test("moves line and timeline on the open page", async () => {
    const { folder, change } = copyOfBuild();
    const stop = new AbortController();
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    let output = "";
    stdout.on("data", (text) => {
      output += text;
    });
    const args = ["--dashboards", folder, "--port", "0", "--now", new Date(NOW).toISOString()];
    const ended = run(args, { env: {}, stdin: Readable.from([]), stdout, stderr, interrupted: () => stop.signal });
    await expect.poll(() => output, { timeout: 60_000 }).toContain("http://");
    const url = /http:\S+/.exec(output)![0];
    const { page } = await open(`${url}/alertes?from=now-6h&to=now`);
    const caption = page.locator('[data-rule="4-latence-degradee"] figcaption').first();
    const firing = () => page.locator('[data-rule="4-latence-degradee"] .stretch.Alerting').count();
    expect(await caption.innerText()).toContain("seuil 10 s");
    const before = await firing();
    const { page: charts } = await open(`${url}/d/1-ingestion-health`);
    const line = async () => (await chartOf(charts, 4)).limits[0];
    expect(await line()).toBe(10);
    change("alerting/4-latence-degradee.yml", /(type: gt\n\s+params:\n\s+- )10/, "$13");
    change("dashboards/1-ingestion-health.json", /("value": )10,(\s+"color": "red")/, "$13,$2");
    await expect.poll(() => caption.innerText(), { timeout: 30_000 }).toContain("seuil 3 s");
    await expect.poll(firing).toBeGreaterThan(before);
    await expect.poll(line, { timeout: 30_000 }).toBe(3);
    stop.abort();
    expect(await ended).toBe(0);
  });
});
