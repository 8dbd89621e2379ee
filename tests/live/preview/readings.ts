import type { Page } from "playwright-core";

/** What is drawn in a panel, as a reader's browser has it. */
type DrawnSeries = Readonly<{ name: string; data: readonly (readonly [time: number, value: number])[] }>;
export type Single = Readonly<{ name: string; value: number | string; text: string }>;

const panel = (id: number) => `document.querySelector('[data-panel="${id}"]')`;

export type Chart = Readonly<{
  series: readonly DrawnSeries[];
  events: readonly number[];
  limits: readonly number[];
  thin: boolean;
}>;

/** The series that the panel's chart holds, the times of its events and the heights of its threshold lines. */
export const chartOf = (page: Page, id: number): Promise<Chart> =>
  page.evaluate(`import(document.querySelector('[href^="/echarts-"]').href).then(({ getInstanceByDom }) => {
    const place = ${panel(id)}.querySelector(".chart");
    const { series } = getInstanceByDom(place).getOption();
    const isEvent = (one) => one.markLine?.symbol?.[0] === "triangle";
    const [own, events] = [series.filter((one) => !isEvent(one)), series.filter(isEvent)];
    const marks = (all) => all.flatMap(({ markLine }) => markLine?.data ?? []);
    return {
      series: own.map(({ name, data }) => ({ name, data: data.filter(([, value]) => value !== null) })),
      events: marks(events).map(({ xAxis }) => xAxis),
      limits: marks(own).map(({ yAxis }) => yAxis),
      thin: !place.querySelector(".thin").hidden,
    };
  })`);

/** The names and texts of a panel's legend, row by row; in a list a value's title stands before it. */
export const legendOf = (page: Page, id: number): Promise<readonly (readonly string[])[]> =>
  page.evaluate(
    `[...${panel(id)}.querySelectorAll(".legend tbody tr, .legend li")].map((row) => [
      row.querySelector(".series").textContent,
      ...[...row.querySelectorAll("td, .calc")].map((cell) => cell.textContent.replace(/^.* : /, "")),
    ])`,
  );

/** The big numbers of a stat. */
export const statsOf = (page: Page, id: number): Promise<readonly Single[]> =>
  page.evaluate(`[...${panel(id)}.querySelectorAll(".stat")].map((one) => ({
    name: one.querySelector(".stat-name")?.textContent ?? "",
    value: Number(one.dataset.value),
    text: one.querySelector(".stat-value").textContent,
  }))`);

/** The bars of a bar gauge. */
export const barsOf = (page: Page, id: number): Promise<readonly Single[]> =>
  page.evaluate(`[...${panel(id)}.querySelectorAll(".bar-row")].map((one) => ({
    name: one.querySelector(".bar-name").textContent,
    value: Number(one.dataset.value),
    text: one.querySelector(".bar-value").textContent,
  }))`);

/** The heads and rows of a table. */
export const tableOf = (
  page: Page,
  id: number,
): Promise<Readonly<{ head: readonly string[]; rows: readonly (readonly string[])[] }>> =>
  page.evaluate(`(() => {
    const table = ${panel(id)}.querySelector(".table > table");
    if (!table) return { head: [], rows: [] };
    return { head: [...table.querySelectorAll("thead .head")].map((one) => one.textContent.replace(/ [↓↑]$/, "")),
      rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)) };
  })()`);

const TIMES = { µs: 1e-6, ms: 1e-3, s: 1, min: 60, mins: 60, hour: 3600, hours: 3600, day: 86_400, days: 86_400 };
const OTHERS = { "": 1, K: 1e3, Mil: 1e6, "%": 0.01, B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };
const FACTORS: Readonly<Record<string, number>> = { ...TIMES, ...OTHERS };

/** The number that a text such as `27.7 mins` or `1.52%` says, and how far its last digit reaches. */
export function numberIn(text: string): Readonly<{ value: number; within: number }> {
  const [, number, unit] = /^(-?[\d.]+)\s*(\S*)$/.exec(text.trim()) ?? [];
  const factor = FACTORS[unit ?? "?"];
  if (number === undefined || factor === undefined) throw new Error(`"${text}" says no number`);
  const decimals = number.split(".")[1]?.length ?? 0;
  return { value: Number(number) * factor, within: 0.5001 * 10 ** -decimals * factor };
}

export type Timeline = Readonly<{
  name: string;
  state: string;
  now: readonly (number | undefined)[];
  texts: readonly string[];
  stretches: readonly Readonly<{ state: string; from: number; to: number }>[];
}>;

/**
 * The instances of a rule: states and, as shares of the range, their stretches; values now, and the words beside them.
 */
export const timelinesOf = (page: Page, uid: string): Promise<readonly Timeline[]> =>
  page.evaluate(`[...document.querySelectorAll('[data-rule="${uid}"] .instance')].map((one) => ({
    name: one.dataset.instance,
    state: one.dataset.state,
    now: [...one.querySelectorAll(".measured")].map(({ dataset: { now } }) => now === "" ? undefined : Number(now)),
    texts: [...one.querySelectorAll("figcaption")].map(({ textContent }) => textContent),
    stretches: [...one.querySelectorAll(".stretch")].map(({ className, style }) => ({
      state: className.replace("stretch ", ""),
      from: parseFloat(style.left) / 100,
      to: (parseFloat(style.left) + parseFloat(style.width)) / 100,
    })),
  }))`);
