import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folderOfTest } from "../../support/folder.ts";
import { chartOf, tableOf } from "./readings.ts";
import { at, browsing, panel, settled, startPreview } from "./support.ts";

const open = browsing();

const RUNS = '{job="kafka-logs", etat=~"SUCCESS|FAILED"}';
const loki = { type: "loki", uid: "Loki" };
const query = (expr: string, queryType: "instant" | "range") => ({ refId: "A", expr, queryType, datasource: loki });
const place = (x: number, y: number, w: number) => ({ x, y, w, h: 8 });

/** A preview of dashboards that a test makes. */
async function previewOf(...dashboards: readonly Readonly<Record<string, unknown>>[]): Promise<string> {
  const folder = folderOfTest();
  for (const one of dashboards) writeFileSync(join(folder, `${one.uid}.json`), JSON.stringify(one));
  const preview = await startPreview({ sample: true }, folder);
  onTestFinished(preview.stop);
  return preview.url;
}

const link = { type: "dashboards", title: "Tableaux", tags: ["data"], includeVars: true, keepTime: true };
const one = (panels: readonly object[], more: object = {}) => ({
  uid: "un",
  title: "Un",
  tags: ["data"],
  panels,
  ...more,
});
const other = { uid: "deux", title: "Deux", tags: ["data"], panels: [] };

test("what the preview does not draw is named on its panel, and nothing is drawn in its place", async () => {
  const panels = [
    {
      id: 1,
      type: "gauge",
      gridPos: place(0, 0, 12),
      targets: [query(`sum(count_over_time(${RUNS}[$__range]))`, "instant")],
    },
    { id: 2, type: "stat", options: { graphMode: "area" }, gridPos: place(12, 0, 12), targets: [] },
  ];
  const url = await previewOf(one(panels));
  const { page } = await open(`${url}/d/un`);
  expect(await panel(page, 1).locator(".not-shown").innerText()).toBe("Pas montré : le type de panneau « gauge »");
  expect(await panel(page, 1).locator(".panel-body").innerText()).toBe("");
  expect(await panel(page, 2).locator(".not-shown").innerText()).toBe('Pas montré : option graphMode = "area"');
});

test("links by tag are a menu whose entries keep the range", async () => {
  const url = await previewOf(one([], { links: [{ ...link, asDropdown: true }] }), other);
  const { page } = await open(`${url}/d/un?from=now-3h&to=now`);
  await page.locator(".dashboard-links").click();
  await page.getByRole("link", { name: "Deux" }).last().click();
  await settled(page);
  expect(at(page).pathname + at(page).search).toBe("/d/deux?from=now-3h&to=now");
});

test("a text is drawn as Markdown, a panel's own link keeps the range", async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
  const links = [{ title: "Détails", url: "/d/deux?${__url_time_range}" }];
  const options = { mode: "markdown", content: "# À lire\n\nUn **mot**, `du code`" };
  const url = await previewOf(
    one([{ id: 1, type: "text", title: "Aide", options, links, gridPos: place(0, 0, 24) }]),
    other,
  );
  const { page } = await open(`${url}/d/un?from=now-3h&to=now`);
  expect(await panel(page, 1).locator("strong").innerText()).toBe("mot");
  expect(await panel(page, 1).locator(".not-shown").count()).toBe(0);
  await panel(page, 1).getByRole("link", { name: "Détails" }).click();
  await settled(page);
  expect(at(page).search).toBe("?from=now-3h&to=now");
});

test("no link of a foreign dashboard runs a script", async () => {
  const links = [{ title: "Piège", url: "javascript:document.title='pris'" }];
  const fieldConfig = { defaults: { links }, overrides: [] };
  const rate = (id: number, type: string, queryType: "instant" | "range") => ({
    ...{ id, type, links, fieldConfig, gridPos: place(0, 8 * id, 24) },
    targets: [query(`sum by (source) (count_over_time(${RUNS}[$__range]))`, queryType)],
  });
  const url = await previewOf(one([rate(1, "stat", "instant"), rate(2, "timeseries", "range")], { links }));
  const { page } = await open(`${url}/d/un?from=now-24h&to=now`);
  for (const place of [".dashboard-link", ".panel-link", ".stat a", ".jump"]) {
    const all = await page.locator(place).evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    expect([place, new Set(all)]).toEqual([place, new Set([null])]);
    await page.locator(place).first().click();
  }
  expect(await page.title()).toBe("Un — aperçu");
});

test("a table has widths, hidden columns and wrapped cells as its fields say, and no heads without them", async () => {
  const named = (options: string, ...properties: object[]) => ({ matcher: { id: "byName", options }, properties });
  const overrides = [
    named("Time", { id: "custom.width", value: 165 }),
    named("labels", { id: "custom.hidden", value: true }),
    named("Line", { id: "custom.cellOptions", value: { type: "auto", wrapText: true } }),
  ];
  const table = { type: "table", fieldConfig: { defaults: {}, overrides }, targets: [query(RUNS, "range")] };
  const bare = { ...table, options: { showHeader: false } };
  const panels = [
    { ...table, id: 1, gridPos: place(0, 0, 24) },
    { ...bare, id: 2, gridPos: place(0, 8, 24) },
  ];
  const url = await previewOf(one(panels));
  const { page } = await open(`${url}/d/un?from=now-24h&to=now`);
  const { head, rows } = await tableOf(page, 1);
  expect(head).toEqual(["Time", "Line"]);
  expect(rows).toHaveLength(72);
  const cells = panel(page, 1).locator("tbody tr").first().locator("td");
  expect((await cells.first().boundingBox())!.width).toBeCloseTo(165, 0);
  expect(
    await page.evaluate(`getComputedStyle(document.querySelector('[data-panel="1"] tbody td:last-child')).whiteSpace`),
  ).toBe("normal");
  expect((await tableOf(page, 2)).head).toEqual([]);
  expect((await tableOf(page, 2)).rows).toHaveLength(72);
});

test("bars over a day are wide enough to be seen with 120 points, and too thin with as many as pixels", async () => {
  const custom = { drawStyle: "bars", barWidthFactor: 0.9, fillOpacity: 80, lineWidth: 0 };
  const bars = {
    type: "timeseries",
    fieldConfig: { defaults: { custom, color: { mode: "fixed", fixedColor: "green" } }, overrides: [] },
    targets: [query(`sum(count_over_time(${RUNS}[$__auto]))`, "range")],
  };
  const panels = [
    { ...bars, id: 1, maxDataPoints: 120, interval: "1m", gridPos: place(0, 0, 24) },
    { ...bars, id: 2, maxDataPoints: 11_000, gridPos: place(0, 8, 24) },
  ];
  const url = await previewOf(one(panels));
  const { page } = await open(`${url}/d/un?from=now-24h&to=now`);
  const [wide, narrow] = [await chartOf(page, 1), await chartOf(page, 2)];
  expect(await panel(page, 1).getAttribute("data-step")).toBe("600000");
  expect([wide.thin, narrow.thin]).toEqual([false, true]);
  expect(wide.series[0]!.data.reduce((sum, [, value]) => sum + value, 0)).toBe(72);
});
