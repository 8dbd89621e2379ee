import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { config } from "../../src/config.ts";
import { type BuiltPanel, type BuiltRule, dashboards, groups, readYaml, rules } from "../support/built.ts";
import { normalise, windowless } from "../support/normalise.ts";

const panels = dashboards.flatMap(({ uid, panels }) =>
  panels.map((panel) => ({ uid, panel, name: `${uid}/${panel.id}` })),
);
const unique = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length);
const secondsOf = (text: string) =>
  Number.parseInt(text, 10) * { h: 3600, m: 60, s: 1 }[text.at(-1) as "h" | "m" | "s"];
const thresholdsOf = ({ fieldConfig: { defaults, overrides } }: BuiltPanel) =>
  [
    defaults.thresholds,
    ...overrides.flatMap(({ properties }) =>
      properties.filter(({ id }) => id === "thresholds").map(({ value }) => value as typeof defaults.thresholds),
    ),
  ].flatMap((thresholds) => thresholds?.steps.flatMap(({ value }) => (value === null ? [] : [value])) ?? []);

describe("dashboards", () => {
  test("four, with their exact numbers of panels", () => {
    expect(dashboards.map(({ uid, panels }) => `${uid}: ${panels.length}`)).toMatchInlineSnapshot(`
      [
        "1-ingestion-health: 8",
        "2-errors-slas: 3",
        "3-performance-resource: 3",
        "4-logs-debugging: 1",
      ]
    `);
    for (const { panels } of dashboards) unique(panels.map(({ id }) => id));
  });

  test.each(dashboards)(
    "$uid has the shared variables, links, refresh, range and annotation",
    ({ tags, templating, links, refresh, time, annotations }) => {
      expect(templating.list.slice(0, 3)).toMatchObject(
        ["entreprise", "zone", "source"].map((name) => ({ name, multi: true, includeAll: true, allValue: ".*" })),
      );
      expect(tags).toEqual(["ingestion"]);
      expect(links).toMatchObject([
        { title: "Tableaux", type: "dashboards", tags, asDropdown: true, includeVars: true, keepTime: true },
      ]);
      expect({ refresh, time }).toEqual({
        refresh: "1m",
        time: { from: `now-${config.dashboards.range.value / 3600}h`, to: "now" },
      });
      expect(annotations.list).toMatchObject(
        ["Échecs", "Flux refusés"].map((name) => ({ name, datasource: { uid: "Loki" } })),
      );
    },
  );

  test.each(dashboards)("$uid lays its panels out without overlap, inside 24 columns", ({ panels }) => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
    });
    unique(cells);
  });

  test.each(panels)("$name has a title, a description, a unit and resolvable queries", ({ panel }) => {
    expect(panel.title).not.toBe("");
    expect(panel.description.length).toBeGreaterThan(20);
    expect(panel.datasource.uid).toBe("Loki");
    unique(panel.targets.map(({ refId }) => refId));
    for (const target of panel.targets)
      expect(target).toMatchObject({
        datasource: { type: "loki", uid: "Loki" },
        queryType: expect.stringMatching(/^(instant|range)$/),
      });
    if (panel.type !== "table")
      expect(panel.fieldConfig.defaults.unit).toMatch(/^(s|locale|short|percentunit|decbytes)$/);
  });

  test("tables give each measure and time column its unit", () => {
    const unitsOf = ({ fieldConfig: { overrides } }: BuiltPanel) =>
      overrides.flatMap(({ matcher, properties }) =>
        properties.flatMap(({ id, value }) => (id === "unit" ? [`${matcher.options}: ${value}`] : [])),
      );
    const tables = panels.filter(({ panel }) => panel.type === "table");
    expect(Object.fromEntries(tables.map(({ panel }) => [panel.title, unitsOf(panel).sort().join(", ")]))).toEqual({
      "Dernières erreurs": "Arrivée: dateTimeAsIso",
      Enregistrements:
        "Arrivée: dateTimeAsIso, CPU: s, Durée: s, Début: dateTimeAsIso, Fin: dateTimeAsIso, Mémoire: decbytes",
      "Sources par performance": "Durée p95: s, Exécutions: locale, Taux de succès: percentunit",
    });
  });
});

describe("rules", () => {
  test("uids are unique over dashboards and rules; each rule has its own group and folder", () => {
    unique([...dashboards.map(({ uid }) => uid), ...rules.map(({ uid }) => uid)]);
    expect(groups.map(({ name, folder }) => [name, folder])).toEqual(
      rules.map(({ labels }) => [labels.rule, "data-alerts"]),
    );
  });

  test("the values of the specification", () => {
    const values = groups.map(({ interval, rules: [rule] }) => {
      const { uid, for: wait, labels, noDataState, execErrState } = rule!;
      return `${uid} every ${interval} for ${wait} ${labels.severity} ${noDataState} ${execErrState}`;
    });
    expect(values).toMatchInlineSnapshot(`
      [
        "1-echec-detecte every 1m for 0s critical OK OK",
        "2-taux-echec-eleve every 1m for 15m warning OK OK",
        "3-source-muette every 5m for 0s critical OK Error",
        "4-latence-degradee every 1m for 5m warning OK OK",
        "5-surconsommation-ressources every 1m for 5m warning OK OK",
      ]
    `);
    const conditions = rules.map(({ condition, data }) => data.find(({ refId }) => refId === condition)!.model);
    expect(
      conditions.map(({ type, conditions, expression }) => {
        const evaluator = conditions?.[0]?.evaluator;
        return evaluator ? `${evaluator.type} ${evaluator.params}` : `${type} ${expression}`;
      }),
    ).toMatchInlineSnapshot(`
      [
        "gte 1",
        "gt 0.02",
        "gt 0",
        "gt 10",
        "math $C > 150000000 || $D > 60",
      ]
    `);
  });

  test.each(rules)(
    "$uid refers only to what exists, and its queries need no dashboard",
    ({ data, condition, dashboardUid, panelId }) => {
      const refIds = data.map(({ refId }) => refId);
      unique(refIds);
      expect(refIds).toContain(condition);
      for (const { datasourceUid, model } of data) {
        expect(["Loki", "__expr__"]).toContain(datasourceUid);
        for (const [, name] of (model.type === "math" ? model.expression! : "").matchAll(/\$(\w+)/g))
          expect(refIds).toContain(name);
        if (model.type && model.type !== "math") expect(refIds).toContain(model.expression);
        expect(model.expr ?? "").not.toMatch(/\$/);
      }
      expect(panels.some(({ uid, panel }) => uid === dashboardUid && panel.id === panelId)).toBe(true);
    },
  );

  test.each(groups)(
    "$name evaluates every multiple of 10 s, over a window that misses no run",
    ({ interval, rules: [rule] }) => {
      expect(secondsOf(interval) % 10).toBe(0);
      const least = secondsOf(interval) + config.deliveryDelay.value;
      for (const [, window] of rule!.data.flatMap(({ model }) => [...(model.expr ?? "").matchAll(/\[(\w+)\]/g)]))
        expect(secondsOf(window!)).toBeGreaterThanOrEqual(least);
    },
  );

  /**
   * The numbers that a rule compares with: its evaluators' and formula's, for silence the windows in which a source
   * must run.
   */
  const comparedWith = ({ labels, data }: BuiltRule) =>
    data.flatMap(({ model: { expr = "", conditions = [], type, expression = "" } }) => {
      if (labels.rule === "3-source-muette")
        return [...expr.matchAll(/absent_over_time\([^[]*\[(\w+)\]/g)].map(([, window]) => secondsOf(window!));
      return [
        ...conditions.flatMap(({ evaluator }) => evaluator.params),
        ...(type === "math" ? [...expression.matchAll(/>=? (\S+)/g)].map(([, value]) => Number(value)) : []),
      ];
    });

  test.each(rules)("$uid is plotted by a panel that draws its threshold, and has a runbook", (rule) => {
    const { labels, dashboardUid, panelId, annotations } = rule;
    const { panel } = panels.find((found) => found.uid === dashboardUid && found.panel.id === panelId)!;
    expect(thresholdsOf(panel)).toEqual(expect.arrayContaining(comparedWith(rule)));
    const styles = [
      panel.fieldConfig.defaults.custom?.thresholdsStyle,
      ...panel.fieldConfig.overrides.flatMap(({ properties }) =>
        properties.filter(({ id }) => id === "custom.thresholdsStyle").map(({ value }) => value),
      ),
    ];
    if (panel.type === "timeseries")
      expect(styles).toEqual(thresholdsOf(panel).map(() => ({ mode: expect.stringMatching(/^(dashed|line)$/) })));
    expect(annotations).toMatchObject({
      __dashboardUid__: dashboardUid,
      __panelId__: String(panelId),
      description: expect.stringContaining("À faire d'abord"),
    });
    const reduced = rule.data.filter(({ model }) => model.type === "reduce").map(({ refId }) => refId);
    const namedValues = [...`${annotations.summary} ${annotations.description}`.matchAll(/\$values\.(\w+)/g)].map(
      ([, refId]) => refId,
    );
    expect(namedValues.length).toBeGreaterThan(0);
    expect(reduced).toEqual(expect.arrayContaining(namedValues));
    for (const text of Object.values(annotations)) expect(opened(text)).toBe(0);
    expect(existsSync(new URL(`../../docs/runbooks/${labels.rule}.md`, import.meta.url))).toBe(true);
  });

  test("which panel plots which rule", () => {
    const plotted = ({ dashboardUid, panelId }: BuiltRule) =>
      panels.find(({ uid, panel }) => uid === dashboardUid && panel.id === panelId)!.panel.title;
    expect(rules.map((rule) => `${rule.uid} → ${plotted(rule)}`)).toMatchInlineSnapshot(`
      [
        "1-echec-detecte → Échecs",
        "2-taux-echec-eleve → Taux d'échec",
        "3-source-muette → Fraîcheur par source",
        "4-latence-degradee → Durée p95 par source",
        "5-surconsommation-ressources → CPU et mémoire par source",
      ]
    `);
  });

  test.each(rules.filter(({ labels }) => labels.rule !== "3-source-muette"))(
    "$uid watches what its panel plots: the same metric, and over time the same window",
    ({ dashboardUid, panelId, data }) => {
      const { panel } = panels.find((found) => found.uid === dashboardUid && found.panel.id === panelId)!;
      const same = panel.type === "timeseries" ? normalise : windowless;
      const plotted = panel.targets.map(({ expr }) => same(expr));
      for (const { model } of data.filter(({ model }) => model.expr)) expect(plotted).toContain(same(model.expr!));
    },
  );
});

/** How many blocks of a Go template are left open. */
const opened = (template: string) =>
  [...template.matchAll(/\{\{-? *(if|range|with|define|end)\b/g)].reduce(
    (open, [, word]) => open + (word === "end" ? -1 : 1),
    0,
  );

test("the mail's template closes every block and uses the templates that it defines", () => {
  const { templates, contactPoints } = readYaml("grafana-provisioning/alerting/alerting.yml");
  const [{ template }] = templates as [{ template: string }];
  expect(opened(template)).toBe(0);
  const defined = [...template.matchAll(/define "([^"]+)"/g)].map(([, name]) => name);
  const used = [
    ...`${template} ${JSON.stringify(contactPoints).replaceAll('\\"', '"')}`.matchAll(/template "([^"]+)"/g),
  ].map(([, name]) => name);
  expect(new Set(used)).toEqual(new Set(defined));
});

describe("what makes a panel readable", () => {
  const panelOf = (title: string, dashboard: string) =>
    panels.find(({ uid, panel }) => uid === dashboard && panel.title === title)!.panel;
  const override = (panel: BuiltPanel, name: string) =>
    panel.fieldConfig.overrides.find(({ matcher }) => matcher.options === name)?.properties;

  test("states have their colours", () => {
    const timeline = panelOf("Chronologie SUCCESS / FAILED", "1-ingestion-health");
    expect(override(timeline, "SUCCESS")).toEqual([{ id: "color", value: { mode: "fixed", fixedColor: "green" } }]);
    expect(override(timeline, "FAILED")).toEqual([{ id: "color", value: { mode: "fixed", fixedColor: "red" } }]);
  });

  test("a total has its name, a source its link to the debugging table", () => {
    for (const panel of [panelOf("Échecs", "1-ingestion-health"), panelOf("MTTR", "2-errors-slas")]) {
      expect(override(panel, "A")).toMatchObject([
        { id: "displayName", value: expect.stringMatching(/^(Total|Global)$/) },
      ]);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's variables
      const url = "/d/4-logs-debugging?var-source=${__data.fields.source}&${__url_time_range}";
      expect(override(panel, "B")).toMatchObject([{ id: "links", value: [{ url }] }]);
      expect(panel.options).toMatchObject({ reduceOptions: { values: true } });
    }
  });

  test("a bar is named after its source alone", () => {
    expect(panelOf("Fraîcheur par source", "2-errors-slas").transformations).toEqual([
      { id: "sortBy", options: { fields: {}, sort: [{ field: "Value #A", desc: true }] } },
      {
        id: "rowsToFields",
        options: {
          mappings: [
            { fieldName: "source", handlerKey: "field.name" },
            { fieldName: "Value #A", handlerKey: "field.value" },
            { fieldName: "Time", handlerKey: "__ignore" },
          ],
        },
      },
    ]);
  });

  test("the sources are sorted by p95, every table can be filtered, memory has its axis on the right", () => {
    expect(panelOf("Sources par performance", "1-ingestion-health").options.sortBy).toEqual([
      { displayName: "Durée p95", desc: true },
    ]);
    for (const { panel } of panels.filter(({ panel }) => panel.type === "table"))
      expect(panel.fieldConfig.defaults.custom).toMatchObject({ filterable: true });
    const { overrides } = panelOf("CPU et mémoire par source", "3-performance-resource").fieldConfig;
    expect(overrides[1]!.properties).toContainEqual({ id: "custom.axisPlacement", value: "right" });
  });
});

test("notifications: grouped by rule, sooner and more often when critical, no resolved mail for rule 1", () => {
  const { contactPoints, policies } = readYaml("grafana-provisioning/alerting/alerting.yml");
  const [{ group_by, routes, ...root }] = policies;
  expect(group_by).toEqual(["grafana_folder", "alertname"]);
  const { critical, warning } = config.notifications;
  const timesOf = ({ group_wait, repeat_interval }: Record<string, string>) => [group_wait!, repeat_interval!];
  expect([root, ...routes].map((route) => timesOf(route).map(secondsOf))).toEqual(
    [warning, critical, critical].map(({ wait, repeat }) => [wait.value, repeat.value]),
  );
  expect(root.receiver).toBe("equipe-donnees");
  expect(routes).toMatchObject([
    { receiver: "equipe-donnees-sans-retour", object_matchers: [["rule", "=", "1-echec-detecte"]], group_by },
    { receiver: "equipe-donnees", object_matchers: [["severity", "=", "critical"]], group_by },
  ]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana expands it
  const settings = { addresses: "${ALERT_EMAIL_TO}" };
  expect(contactPoints).toMatchObject([
    { name: "equipe-donnees", receivers: [{ disableResolveMessage: false, settings }] },
    { name: "equipe-donnees-sans-retour", receivers: [{ disableResolveMessage: true, settings }] },
  ]);
});

test("data source and folder as the dashboards expect them", () => {
  expect(readYaml("grafana-provisioning/datasources/loki.yaml").datasources).toMatchObject([
    { uid: "Loki", url: "http://loki:3100", jsonData: { manageAlerts: false } },
  ]);
  expect(readYaml("grafana-provisioning/dashboards/dashboards.yml").providers).toMatchObject([
    { folder: "data-dashboard", type: "file", updateIntervalSeconds: 10 },
  ]);
});
