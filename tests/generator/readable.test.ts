import { describe, expect, test } from "vitest";
import { config } from "../../src/config.ts";
import type { Config } from "../../src/core/config/schema.ts";
import { minutes, seconds } from "../../src/core/units.ts";
import { buildDashboards } from "../../src/dashboards/index.ts";
import { type BuiltPanel, dashboards, rules, stepOver } from "../support/built.ts";

const HOUR = 3_600_000;
const ranges = { "1 h": HOUR, "6 h": 6 * HOUR, "24 h": 24 * HOUR, "7 d": 168 * HOUR } as const;
const panels = dashboards.flatMap(({ uid, panels }) => panels.map((panel) => ({ uid, panel, title: panel.title })));
const panelOf = (title: string) => panels.find((one) => one.title === title)!.panel;
const charts = panels.filter(({ panel }) => panel.type === "timeseries");
const properties = (panel: BuiltPanel, id: string) =>
  panel.fieldConfig.overrides.flatMap(({ matcher, properties: all }) =>
    all.filter((one) => one.id === id).map(({ value }) => [matcher.options, value] as const),
  );
const milliseconds = (text: string) =>
  Number.parseInt(text, 10) * { s: 1000, m: 60_000, h: HOUR }[text.at(-1) as "s" | "m" | "h"];
const stepAt = (panel: BuiltPanel, range: number) => stepOver(panel, range / HOUR) * 1000;

/** A panel of a dashboard, by its place and the panel's id, with another configuration. */
const panelWith = (changed: Config, dashboard: number, wanted: number): BuiltPanel =>
  JSON.parse(JSON.stringify(buildDashboards(changed)[dashboard]!.panels!.find(({ id }) => id === wanted)));

describe("a chart that a rule watches", () => {
  const watched = charts.filter(({ uid, panel }) =>
    rules.some((rule) => rule.dashboardUid === uid && rule.panelId === panel.id),
  );

  test("is there for every rule, but for those that a single number or a bar shows", () => {
    const places = new Set(rules.map(({ dashboardUid, panelId }) => `${dashboardUid}/${panelId}`));
    const others = panels.filter(({ uid, panel }) => places.has(`${uid}/${panel.id}`) && panel.type !== "timeseries");
    for (const { panel } of others) expect(["stat", "bargauge"]).toContain(panel.type);
    expect(watched.length).toBe(places.size - others.length);
  });

  test.each(watched)(
    "$title draws lines over the rule's window, which a pause of a quarter of an hour does not break",
    ({ uid, panel }) => {
      const rule = rules.find(({ dashboardUid, panelId }) => dashboardUid === uid && panelId === panel.id)!;
      const windows = (expr: string) => [...expr.matchAll(/\[([^\]]+)\]/g)].map(([, window]) => window);
      const own = new Set(rule.data.flatMap(({ model }) => windows(model.expr ?? "")));
      for (const { expr } of panel.targets) expect(new Set(windows(expr))).toEqual(own);
      expect(panel.fieldConfig.defaults.custom).toMatchObject({
        drawStyle: "line",
        showPoints: "never",
        spanNulls: 1_800_000,
      });
    },
  );

  test.each(
    watched.flatMap(({ title, panel }) =>
      Object.entries(ranges).map(([name, range]) => ({ title, panel, name, range })),
    ),
  )("$title lets no run fall between two steps over $name, and takes a bounded number of them", ({ panel, range }) => {
    const window = milliseconds(/\[(\w+)\]/.exec(panel.targets[0]!.expr)![1]!);
    const step = stepAt(panel, range);
    expect(step).toBeLessThanOrEqual(window);
    // What an answer costs beside one look at each run: the steps, and how often windows take the same run again.
    expect(range / step).toBeLessThanOrEqual(1008);
    expect(window / step).toBeLessThanOrEqual(15);
  });

  test("follows when the configuration gives its rule another window or threshold", () => {
    const p95 = { ...config.rules["4-latence-degradee"], window: minutes(30), p95: seconds(42) };
    const changed = { ...config, rules: { ...config.rules, "4-latence-degradee": p95 } };
    const panel = panelWith(changed, 0, 4);
    expect(panel.targets[0]!.expr).toContain("[30m]");
    expect(panel.interval).toBe("2m");
    expect(panel.fieldConfig.defaults.thresholds!.steps.at(-1)).toEqual({ value: 42, color: "red" });
    expect(panel.fieldConfig.defaults.custom!.axisSoftMax).toBeGreaterThan(42);
  });
});

describe("bars", () => {
  test.each(["Chronologie SUCCESS / FAILED", "Débit par source"])("%s are never too thin to be seen", (title) => {
    const panel = panelOf(title);
    const look = { barWidthFactor: 0.9, fillOpacity: 80, lineWidth: 0, stacking: { mode: "normal" } };
    expect(panel.fieldConfig.defaults.custom).toMatchObject({ drawStyle: "bars", ...look });
    for (const range of Object.values(ranges)) expect(range / stepAt(panel, range)).toBeLessThanOrEqual(200);
  });

  test("the timeline has a step of a minute at least, throughput of 5, percentiles of 15", () => {
    expect(panelOf("Chronologie SUCCESS / FAILED")).toMatchObject({ interval: "1m", maxDataPoints: 120 });
    expect(panelOf("Débit par source").interval).toBe("5m");
    expect(panelOf("Durée p50 / p95 / p99").interval).toBe("15m");
  });
});

test("freshness: a bar is full at the maximum silence of its source", () => {
  expect(panelOf("Fraîcheur par source").fieldConfig.defaults).toMatchObject({
    min: 0,
    max: config.sources.maxSilence.value,
    thresholds: { steps: [{}, { value: config.sources.maxSilence.value, color: "red" }] },
  });
  const daily = {
    ...config,
    sources: { ...config.sources, expected: [{ source: "PowerBI", maxSilence: minutes(1560) }] },
  };
  const panel = panelWith(daily, 1, 3);
  expect(properties(panel, "max")).toEqual([["PowerBI", 93_600]]);
});

describe("tables", () => {
  const tables = panels.filter(({ panel }) => panel.type === "table");

  test.each(tables)(
    "$title fits into its panel on a screen of 1366 pixels, a state INVALID among its lines too",
    ({ panel }) => {
      // The page's margins, the gaps of the 24 columns, a panel's own padding.
      const room = ((1366 - 32 + 8) / 24) * panel.gridPos.w - 8 - 18;
      const widths = [...properties(panel, "custom.width"), ...properties(panel, "custom.minWidth")];
      const least = widths.reduce((sum, [, width]) => sum + Number(width), 0);
      expect(least).toBeLessThanOrEqual(room);
    },
  );

  test.each(tables)("$title gives the words of an empty table to no empty cell", ({ panel }) => {
    expect(panel.fieldConfig.defaults.noValue).toMatch(/^aucun/);
    expect(properties(panel, "noValue")).toEqual([["/.*/", ""]]);
  });

  test.each(["Dernières erreurs", "Enregistrements"])(
    "%s: the description takes the rest and opens, the raw line is last and only where it is INVALID",
    (title) => {
      const panel = panelOf(title);
      expect(properties(panel, "custom.inspect").map(([name]) => name)).toEqual(["Description", "Ligne"]);
      expect(properties(panel, "custom.width").map(([name]) => name)).not.toContain("Description");
      const { indexByName, renameByName } = panel.transformations!.at(-1)!.options as Record<
        string,
        Record<string, number | string>
      >;
      const last = Object.entries(indexByName!).sort(([, a], [, b]) => Number(b) - Number(a))[0]![0];
      expect([last, renameByName![last]]).toEqual(["ligne", "Ligne"]);
      expect(panel.targets[0]!.expr).toContain('{{ if eq .etat "INVALID" }}{{ __line__ }}{{ end }}');
    },
  );
});

test("stats colour the value; what stands for no number is small and grey; failures are a short list, the largest first", () => {
  const stats = panels.filter(({ panel }) => panel.type === "stat");
  expect(stats.length).toBe(5);
  for (const { panel } of stats) {
    expect(panel.options.colorMode).toBe("value");
    expect(panel.fieldConfig.defaults.thresholds!.steps.slice(0, 2)).toMatchObject([
      { value: null, color: "gray" },
      { value: 0 },
    ]);
  }
  for (const title of ["Échecs", "MTTR"]) {
    const panel = panelOf(title);
    expect(panel.options).toMatchObject({
      orientation: "horizontal",
      reduceOptions: { values: true, limit: 8 },
      text: { valueSize: 22 },
    });
    expect(panel.transformations).toEqual([
      { id: "sortBy", options: { fields: {}, sort: [{ field: "Value #B", desc: true }] } },
    ]);
  }
});

test("one rounding for one unit, on every panel and in every column", () => {
  const seen = new Map<unknown, Set<unknown>>();
  const note = (unit: unknown, decimals: unknown) => seen.set(unit, (seen.get(unit) ?? new Set()).add(decimals));
  for (const { panel } of panels) {
    const { unit, decimals } = panel.fieldConfig.defaults;
    if (unit) note(unit, decimals);
    for (const { properties: all } of panel.fieldConfig.overrides) {
      const own = (id: string) => all.find((one) => one.id === id)?.value;
      if (own("unit")) note(own("unit"), own("decimals"));
    }
  }
  seen.delete("dateTimeAsIso");
  const places = { locale: [0], percentunit: [1], s: [1], decbytes: [1], short: [2] };
  expect(Object.fromEntries([...seen].map(([unit, decimals]) => [unit, [...decimals]]))).toEqual(places);
});

test("legends name every source, sorted by their last value; a source has one colour everywhere", () => {
  const bySource = charts.filter(({ panel }) =>
    panel.targets.some(({ legendFormat }) => legendFormat?.includes("{{source}}")),
  );
  expect(bySource.length).toBeGreaterThan(3);
  const declared = config.sources.expected.map(({ source }) => source);
  const many = Array.from({ length: 40 }, (_, at) => `connecteur_${at}`);
  const undeclared = ["X", "é", "hubspot", "SAP B1", "a/b", ...many];
  const colors = bySource.map(({ panel }) => {
    const beside = { displayMode: "table", placement: "right", sortBy: "Last *", sortDesc: true };
    expect(panel.options.legend).toMatchObject(beside);
    expect(panel.fieldConfig.defaults.color).toEqual({ mode: "palette-classic-by-name" });
    const fits = (name: string, pattern: string) => {
      const [, text = "", flags] = /^\/(.*)\/(\w*)$/.exec(pattern) ?? [];
      return text !== "" && new RegExp(text, flags).test(name);
    };
    // Of the overrides that fit, Grafana takes the last.
    const colorOf = (name: string) =>
      properties(panel, "color").findLast(([pattern]) => fits(name, pattern))?.[1] as { fixedColor: string };
    return [...declared, ...undeclared].map((source) =>
      [source, `CPU · ${source}`, `mémoire · ${source}`, `par minute · ${source}`].map(
        (name) => colorOf(name).fixedColor,
      ),
    );
  });
  for (const one of colors) expect(one).toEqual(colors[0]);
  for (const [first, ...others] of colors[0]!) for (const other of others) expect(other).toBe(first);
  expect(new Set(colors[0]!.slice(0, declared.length).map(([color]) => color)).size).toBe(declared.length);
  expect(new Set(colors[0]!.slice(declared.length).map(([color]) => color)).size).toBe(10);
});

test("failures and refused streams are marked on one chart of a dashboard, and have no switch where there is none", () => {
  const marked = dashboards.map(({ uid, annotations }) =>
    annotations.list.map(({ enable, hide = false, filter }) => [uid, enable, hide, filter?.ids ?? []]),
  );
  const twice = (uid: string, ...rest: readonly unknown[]) => [
    [uid, ...rest],
    [uid, ...rest],
  ];
  expect(marked).toEqual([
    twice("1-ingestion-health", true, false, [6]),
    twice("2-errors-slas", false, false, [1]),
    twice("3-performance-resource", true, false, [2]),
    twice("4-logs-debugging", false, true, []),
  ]);
});

test("of the two thresholds on one chart, the dashed one is that of the dashed lines", () => {
  const panel = panelOf("CPU et mémoire par source");
  expect(panel.fieldConfig.defaults.custom).toMatchObject({ thresholdsStyle: { mode: "line" } });
  expect(properties(panel, "custom.lineStyle")).toEqual([["B", { fill: "dash", dash: [6, 4] }]]);
  expect(properties(panel, "custom.thresholdsStyle")).toEqual([["B", { mode: "dashed" }]]);
});

const USUAL = "aucune exécution";
test("what is empty says so in words", () => {
  const words = panels.map(({ title, panel }) => [title, panel.fieldConfig.defaults.noValue] as const);
  expect(Object.fromEntries(words.filter(([, one]) => one !== USUAL))).toEqual({
    "Dernières erreurs": "aucun échec",
    Enregistrements: "aucun enregistrement",
    MTTR: "aucun rétablissement",
    Succès: "aucune donnée : Loki ne répond pas",
    Échecs: "aucune donnée : Loki ne répond pas",
  });
  const zero = (title: string) => panelOf(title).fieldConfig.defaults.mappings![0]!.options["0"]!.text;
  expect([zero("Succès"), zero("Échecs")]).toEqual(["aucun succès", "aucun échec"]);
});
