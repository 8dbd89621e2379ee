import { expect } from "vitest";
import type { BuiltPanel } from "../../support/built.ts";
import { meanings, type Run, valuesAt, windowIn } from "./expected.ts";
import { barsOf, chartOf, legendOf, numberIn, statsOf, tableOf } from "./readings.ts";
import { NOW, type Opened } from "./support.ts";

const HOUR = 3_600_000;
export const asked = { "1h": HOUR, "24h": 24 * HOUR, "7d": 168 * HOUR } as const;
export type Range = keyof typeof asked;

const legendFor = (format: string | undefined, group: string) => (format ?? "").replace(/\{\{\s*\w+\s*\}\}/g, group);
const close = (found: number, wanted: number) => Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));

/** A text of the page says a number, as far as its digits go. */
function expectSays(text: string, wanted: number, where: string): void {
  const { value, within } = numberIn(text);
  expect(Math.abs(value - wanted), `${where}: "${text}" for ${wanted}`).toBeLessThanOrEqual(
    within + 1e-9 * Math.abs(wanted),
  );
}

type Place = Readonly<{ uid: string; panel: BuiltPanel; of: readonly Run[]; range: Range }>;
const instants = ({ uid, panel, of, range }: Place) =>
  panel.targets.map(({ refId, expr }) =>
    valuesAt(of, meanings[`${uid}/${panel.id}/${refId}`]!, {
      at: NOW,
      window: windowIn(expr, { range: asked[range], step: 0 }),
    }),
  );

async function checkStat(place: Place, { page }: Opened): Promise<void> {
  const [total, grouped] = instants(place) as [ReadonlyMap<string, number>, ReadonlyMap<string, number> | undefined];
  const shown = await statsOf(page, place.panel.id);
  const wanted = [
    ...total.values(),
    ...[...(grouped ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value),
  ];
  expect(shown.map(({ value }) => value).sort()).toHaveLength(wanted.length);
  for (const value of wanted)
    expect(
      shown.some((one) => close(Number(one.value), value)),
      `${place.panel.title}: ${value}`,
    ).toBe(true);
  for (const [source, value] of grouped ?? [])
    expect(Number(shown.find(({ name }) => name === source)?.value), source).toBeCloseTo(value, 6);
  const listed = shown.slice(total.size).map(({ value }) => Number(value));
  expect(listed, `${place.panel.title}, the largest first`).toEqual([...listed].sort((a, b) => b - a));
  for (const { value, text } of shown) expectSays(text, Number(value), place.panel.title);
  if (wanted.length === 0)
    expect(await page.locator(`[data-panel="${place.panel.id}"] .nothing`).innerText()).toBe(
      place.panel.fieldConfig.defaults.noValue,
    );
}

async function checkBars(place: Place, { page }: Opened): Promise<void> {
  const [wanted] = instants(place) as [ReadonlyMap<string, number>];
  const shown = await barsOf(page, place.panel.id);
  expect(Object.fromEntries(shown.map(({ name, value }) => [name, Number(value)]))).toEqual(Object.fromEntries(wanted));
  for (const { value, text } of shown) expectSays(text, Number(value), place.panel.title);
}

async function checkSourceTable(place: Place, { page }: Opened): Promise<void> {
  const columns = instants(place);
  const { head, rows } = await tableOf(page, place.panel.id);
  expect(head).toEqual(["Source", "Exécutions", "Taux de succès", "Durée p95"]);
  const last = columns.at(-1)!;
  const order = [...columns[0]!.keys()].sort((a, b) => (last.get(b) ?? -1) - (last.get(a) ?? -1));
  expect(rows.map(([source]) => source)).toEqual(order);
  for (const [source, ...texts] of rows)
    for (const [index, text] of texts.entries())
      expectSays(text, columns[index]!.get(source!)!, `${source} ${head[index + 1]}`);
}

/** Every point of every series, at every multiple of the step. */
async function checkSeries({ uid, panel, of, range }: Place, { page }: Opened): Promise<void> {
  const step = Number(await page.locator(`[data-panel="${panel.id}"]`).getAttribute("data-step"));
  const from = Math.floor((NOW - asked[range]) / step) * step;
  const to = Math.ceil(NOW / step) * step;
  const moments = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
  const wanted = new Map<string, [number, number][]>();
  for (const { refId, expr, legendFormat } of panel.targets)
    for (const at of moments)
      for (const [group, value] of valuesAt(of, meanings[`${uid}/${panel.id}/${refId}`]!, {
        at,
        window: windowIn(expr, { range: asked[range], step }),
      })) {
        const name = legendFor(legendFormat, group);
        const points = wanted.get(name) ?? [];
        points.push([at, value]);
        wanted.set(name, points);
      }
  const { series, thin } = await chartOf(page, panel.id);
  expect(series.map(({ name }) => name).sort()).toEqual([...wanted.keys()].sort());
  const isStacked = (panel.fieldConfig.defaults.custom?.stacking as { mode?: string } | undefined)?.mode === "normal";
  if (!thin)
    for (const { name, data } of series) {
      // Stacked series hold a 0 where another one has a value.
      const shown = isStacked ? data.filter(([, value]) => value !== 0) : data;
      expect(
        shown.map(([time]) => time),
        name,
      ).toEqual(wanted.get(name)!.map(([time]) => time));
      for (const [index, [, value]] of shown.entries())
        expect(close(value, wanted.get(name)![index]![1]), `${name} ${value} ${wanted.get(name)![index]}`).toBe(true);
    }
  const { calcs } = panel.options.legend as { calcs: readonly string[] };
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const calculate: Record<string, (values: readonly number[]) => number> = {
    lastNotNull: (values) => values.at(-1)!,
    max: (values) => Math.max(...values),
    sum,
    mean: (values) => sum(values) / values.length,
  };
  const rows = await legendOf(page, panel.id);
  expect(rows.map(([name]) => name).sort()).toEqual([...wanted.keys()].sort());
  for (const [name, ...texts] of rows)
    for (const [index, text] of texts.entries())
      expectSays(
        text,
        calculate[calcs[index]!]!(wanted.get(name!)!.map(([, value]) => value)),
        `${name} ${calcs[index]}`,
      );
}

const clock = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

/** Rows of records: the newest first, at most a thousand, each value as its record has it. */
async function checkRecords({ uid, panel, of, range }: Place, { page }: Opened): Promise<void> {
  const isErrors = uid === "1-ingestion-health";
  const chosen = of.filter(
    ({ time, etat }) => time >= NOW - asked[range] && time < NOW && (!isErrors || etat === "FAILED"),
  );
  const wanted = chosen.sort((a, b) => b.time - a.time).slice(0, 1000);
  const { head, rows } = await tableOf(page, panel.id);
  expect(rows).toHaveLength(wanted.length);
  const column = (name: string) => head.indexOf(name);
  for (const [index, run] of wanted.entries()) {
    const row = rows[index]!;
    expect([
      row[column("Arrivée")],
      row[column("État")],
      row[column("Source")],
      row[column("Objet")],
      row[column("Description")],
    ]).toEqual([clock(run.time), run.etat, run.source, run.objet, run.description]);
    for (const [name, value] of [
      ["Durée", run.seconds],
      ["CPU", run.cpu],
      ["Mémoire", run.memory],
    ] as const) {
      if (column(name) === -1) continue;
      if (value === undefined) expect(row[column(name)]).toBe("");
      else expectSays(row[column(name)]!, value, `${name} of ${run.source} ${clock(run.time)}`);
    }
  }
}

/** Whether a panel shows what the records say. */
export function check(place: Place, opened: Opened): Promise<void> {
  switch (place.panel.type) {
    case "stat":
      return checkStat(place, opened);
    case "bargauge":
      return checkBars(place, opened);
    case "timeseries":
      return checkSeries(place, opened);
    default:
      return place.panel.targets[0]!.queryType === "instant"
        ? checkSourceTable(place, opened)
        : checkRecords(place, opened);
  }
}
