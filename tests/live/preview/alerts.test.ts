import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../../src/tools/preview/command.ts";
import type { Running } from "../../../src/tools/preview/server.ts";
import { rules } from "../../support/built.ts";
import { launchBrowser } from "../report/browser.ts";
import { allRuns, valuesAt } from "./expected.ts";
import { legendOf, numberIn } from "./readings.ts";
import { BUILD, NOW, open, settled, startPreview } from "./support.ts";

const MINUTE = 60_000;
let browser: Browser;
let preview: Running;
beforeAll(async () => {
  browser = await launchBrowser();
  preview = await startPreview();
});
afterAll(async () => {
  await browser?.close();
  await preview?.stop();
});

describe("the page of the alerts", () => {
  test("shows every rule with its instances, timeline, condition, mails and runbook", async () => {
    const { page, faults } = await open(browser, `${preview.url}/alertes?from=now-24h&to=now`);
    expect(await page.locator(".rule h2").allInnerTexts()).toEqual(rules.map(({ title }) => title));
    for (const { uid } of rules) {
      const rule = page.locator(`[data-rule="${uid}"]`);
      expect(await rule.locator(".words").innerText()).toMatch(/^Se déclenche quand .* Évaluée toutes les /);
      const runbook = rule.locator(`[data-part="${uid}/Procédure"]`);
      await runbook.locator("summary").first().click();
      expect(await runbook.innerText()).toContain("À faire d'abord");
    }
    expect(await page.locator('[data-rule="1-echec-detecte"] .timeline').first().getAttribute("aria-label")).toMatch(
      /déclenchée du 2026-11-2\d/,
    );
    expect(faults).toEqual([]);
    await page.close();
  });

  test("its states are those that the records give: a failure fires for as long as it is in the window", async () => {
    const { page } = await open(browser, `${preview.url}/alertes?from=now-24h&to=now`);
    const failures = allRuns().filter(({ etat, time }) => etat === "FAILED" && time <= NOW);
    const firing = (source: string) => {
      const moments = Array.from({ length: 24 * 60 + 1 }, (_, index) => NOW - (24 * 60 - index) * MINUTE);
      const isIn = (at: number, of = (own: string) => own === source) =>
        failures.some(({ time, source: own }) => of(own) && time > at - 5 * MINUTE && time <= at);
      // An instance whose series is gone is kept for one evaluation where others are left; where nothing is, all end at once.
      return moments.filter((at) => isIn(at) || (isIn(at - MINUTE) && isIn(at, () => true))).length;
    };
    const shown =
      (await page.evaluate(`[...document.querySelectorAll('[data-rule="1-echec-detecte"] .instance')].map((one) => [one.dataset.instance, one.dataset.state,
      [...one.querySelectorAll(".stretch.Alerting")].reduce((sum, part) => sum + parseFloat(part.style.width), 0)])`)) as [
        string,
        string,
        number,
      ][];
    const wanted = [
      ...new Set(failures.filter(({ time }) => time > NOW - 24 * 60 * MINUTE - 6 * MINUTE).map(({ source }) => source)),
    ];
    expect(shown.map(([name]) => name).sort()).toEqual(wanted.sort());
    for (const [source, state, percent] of shown) {
      const isNow = failures.some(({ time, source: own }) => own === source && time > NOW - 5 * MINUTE && time <= NOW);
      expect([source, state]).toEqual([source, isNow ? "Alerting" : "Normal"]);
      // A stretch lasts from one evaluation to the next; the last one has no width yet.
      const minutes = firing(source) - (isNow ? 1 : 0);
      expect(Math.round((percent / 100) * 24 * 60), source).toBe(minutes);
    }
    await page.close();
  });

  test("the measured value of every instance is that of the records", async () => {
    const { page } = await open(browser, `${preview.url}/alertes?from=now-1h&to=now`);
    const shown = (await page.evaluate(
      `[...document.querySelectorAll('[data-rule="4-latence-degradee"] .instance')].map((one) => [one.dataset.instance, Number(one.querySelector(".measured").dataset.last), one.querySelector("figcaption").textContent])`,
    )) as [string, number, string][];
    const meaning = {
      by: "source" as const,
      of: (runs: readonly { seconds?: number }[]) => {
        const sorted = runs.flatMap(({ seconds }) => seconds ?? []).sort((a, b) => a - b);
        if (sorted.length === 0) return undefined;
        const rank = 0.95 * (sorted.length - 1);
        return sorted[Math.floor(rank)]! + (sorted[Math.ceil(rank)]! - sorted[Math.floor(rank)]!) * (rank % 1);
      },
    };
    const wanted = valuesAt(allRuns(), meaning, { at: NOW, window: 15 * MINUTE });
    for (const [source, value] of wanted) {
      const [, last, text] = shown.find(([name]) => name === source)!;
      expect(last, source).toBeCloseTo(value, 6);
      const { value: said, within } = numberIn(/: (.*?) maintenant/.exec(text)![1]!);
      expect(Math.abs(said - value)).toBeLessThanOrEqual(within);
      expect(text).toContain("seuil 10 s");
    }
    await page.close();
  });

  test("its mails read as they would have been sent, and it says that none was", async () => {
    const { page } = await open(browser, `${preview.url}/alertes?from=now-6h&to=now`);
    const mail = page.locator('[data-rule="1-echec-detecte"] .mail').first();
    const part = page.locator('[data-part="1-echec-detecte/Courriels"]');
    if ((await part.getAttribute("open")) === null) await part.locator("summary").first().click();
    expect(await part.innerText()).toContain("l'aperçu n'envoie rien");
    expect(await mail.locator(".to").innerText()).toBe("À : equipe@example.org");
    expect(await mail.locator("summary").innerText()).toContain("Échec détecté");
    expect(await mail.locator("pre").innerText()).toContain("zohobooks");
    await page.close();
  });

  test("leads to the panel that plots the rule, over the same range", async () => {
    const { page } = await open(browser, `${preview.url}/alertes?from=now-24h&to=now`);
    await page.locator('[data-rule="4-latence-degradee"]').getByRole("link", { name: "Voir le panneau" }).click();
    await page.waitForURL(/viewPanel=4/);
    await settled(page);
    expect(new URL(page.url()).searchParams.get("from")).toBe("now-24h");
    expect((await legendOf(page, 4)).length).toBe(7);
    await page.close();
  });
});

describe("a change of the generated files", () => {
  test("moves line and timeline on the open page", async () => {
    const folder = mkdtempSync(join(tmpdir(), "preview-"));
    cpSync(BUILD, folder, { recursive: true });
    const stop = new AbortController();
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    let said = "";
    stdout.on("data", (text) => {
      said += text;
    });
    const args = ["--dashboards", folder, "--port", "0", "--now", new Date(NOW).toISOString()];
    const ended = run(args, { env: {}, stdin: Readable.from([]), stdout, stderr, signal: stop.signal });
    await expect.poll(() => said, { timeout: 60_000 }).toContain("http://");
    const url = /http:\S+/.exec(said)![0];
    const { page } = await open(browser, `${url}/alertes?from=now-6h&to=now`);
    const caption = page.locator('[data-rule="4-latence-degradee"] figcaption').first();
    const firing = () => page.locator('[data-rule="4-latence-degradee"] .stretch.Alerting').count();
    expect(await caption.innerText()).toContain("seuil 10 s");
    const before = await firing();
    const { page: charts } = await open(browser, `${url}/d/1-ingestion-health`);
    const line = () =>
      charts.evaluate(
        `import("/echarts.js").then(({ getInstanceByDom }) => getInstanceByDom(document.querySelector('[data-panel="4"] .chart')).getOption().series[0].markLine.data[0].yAxis)`,
      );
    expect(await line()).toBe(10);
    const change = (file: string, from: RegExp, to: string) => {
      const text = readFileSync(join(folder, file), "utf8");
      expect(text).toMatch(from);
      writeFileSync(join(folder, file), text.replace(from, to));
    };
    change("alerting/4-latence-degradee.yml", /(type: gt\n\s+params:\n\s+- )10/, "$13");
    change("dashboards/1-ingestion-health.json", /("value": )10,(\s+"color": "red")/, "$13,$2");
    await expect.poll(() => caption.innerText(), { timeout: 30_000 }).toContain("seuil 3 s");
    await expect.poll(firing).toBeGreaterThan(before);
    await expect.poll(line, { timeout: 30_000 }).toBe(3);
    stop.abort();
    expect(await ended).toBe(0);
    await page.close();
    await charts.close();
    rmSync(folder, { recursive: true });
  });
});
