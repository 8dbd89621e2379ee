import { expect, test } from "vitest";
import { type Any, built, changes, DASHBOARDS, edited, HEALTH, panel } from "./support.ts";

const ERRORS = `${DASHBOARDS}/2-errors-slas.json`;

test.each<[string, (dashboard: Any) => unknown, string]>([
  [
    "move a panel: the others only make room",
    (dashboard) => {
      panel(dashboard, "Chronologie SUCCESS / FAILED").gridPos.y = 19;
      panel(dashboard, "Sources par performance").gridPos.y = 9;
      panel(dashboard, "Dernières erreurs").gridPos.y = 9;
    },
    "- Panel **Chronologie SUCCESS / FAILED**: moved: column 0, line 9 → column 0, line 19",
  ],
  [
    "rename a panel",
    (dashboard) => Object.assign(panel(dashboard, "Mémoire maximale"), { title: "Mémoire de pointe" }),
    "- Panel **Mémoire de pointe**: renamed, was “Mémoire maximale”",
  ],
  [
    "remove a panel: its neighbours only close up",
    (dashboard) => {
      dashboard.panels = dashboard.panels.filter(({ title }: Any) => title !== "Échecs");
      panel(dashboard, "Durée p95 par source").gridPos.x -= 5;
    },
    "- Panel **Échecs**: removed (stat, 2 queries)",
  ],
  [
    "change a unit",
    (dashboard) => Object.assign(panel(dashboard, "Durée p95 par source").fieldConfig.defaults, { unit: "ms" }),
    "- Panel **Durée p95 par source**: unit: seconds (s) → milliseconds (ms)",
  ],
  [
    "a row that grows pushes the others down without a word",
    (dashboard) => {
      for (const { id, gridPos } of dashboard.panels) {
        if (gridPos.y > 0) gridPos.y += 2;
        if (id === 1) gridPos.h += 2;
      }
    },
    "- Panel **Succès**: size: 4 × 3 → 4 × 5",
  ],
  [
    "two neighbours that change places are one move",
    (dashboard) => {
      panel(dashboard, "Dernières erreurs").gridPos.x = 0;
      panel(dashboard, "Sources par performance").gridPos.x = 14;
    },
    "- Panel **Sources par performance**: moved: column 0, line 16 → column 14, line 16",
  ],
  [
    "a gap that opens is told by the place",
    (dashboard) => {
      panel(dashboard, "Dernières erreurs").gridPos.y += 3;
    },
    "- Panel **Dernières erreurs**: moved: column 10, line 16 → column 10, line 19",
  ],
  [
    "a new number, and a new title with it, are no new panel",
    (dashboard) => {
      panel(dashboard, "Succès").id = 42;
      Object.assign(panel(dashboard, "Échecs"), { id: 43, title: "Runs en échec" });
    },
    "- Panel **Succès**: number: 1 → 42\n- Panel **Runs en échec**\n  - renamed, was “Échecs”\n  - number: 2 → 43",
  ],
  [
    "two panels that exchange their numbers stay who they are",
    (dashboard) => {
      panel(dashboard, "Succès").id = 2;
      panel(dashboard, "Échecs").id = 1;
    },
    "- Panel **Succès**: number: 1 → 2\n- Panel **Échecs**: number: 2 → 1",
  ],
  [
    "a panel that takes the number of another one is new",
    (dashboard) => {
      const old = panel(dashboard, "Mémoire maximale");
      const targets = [{ refId: "A", expr: "up", datasource: { type: "prometheus", uid: "p" } }];
      const heatmap = { id: old.id, gridPos: old.gridPos, type: "heatmap", title: "Services", targets };
      dashboard.panels = dashboard.panels.map((one: Any) => (one === old ? heatmap : one));
    },
    "- Panel **Services**: added (heatmap, 1 query)\n- Panel **Mémoire maximale**: removed (stat, 1 query)",
  ],
])("%s", (_, edit, expected) => {
  expect(changes(edited(HEALTH, edit))).toBe(`### Dashboard “1 · Santé de l'ingestion”\n\n${expected}\n`);
});

test("a panel that goes to another dashboard has moved there", () => {
  const mttr = panel(JSON.parse(built.get(ERRORS)!), "MTTR");
  const gone = edited(ERRORS, (dashboard) => {
    dashboard.panels = dashboard.panels.filter(({ title }: Any) => title !== "MTTR");
  });
  const files = edited(
    HEALTH,
    (dashboard) => dashboard.panels.push({ ...mttr, id: 9, gridPos: { x: 0, y: 26, w: 10, h: 10 } }),
    gone,
  );
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **MTTR**
      - moved here from dashboard “2 · Erreurs et engagements”
      - number: 2 → 9
    "
  `);
});

test("a panel that leaves for another dashboard: those that take its place are not told", () => {
  const title = "Chronologie SUCCESS / FAILED";
  const chronology = panel(JSON.parse(built.get(HEALTH)!), title);
  const bottom = chronology.gridPos.y + chronology.gridPos.h;
  const gone = edited(HEALTH, (dashboard) => {
    dashboard.panels = dashboard.panels.filter((one: Any) => one.title !== title);
    for (const { gridPos } of dashboard.panels) if (gridPos.y >= bottom) gridPos.y -= chronology.gridPos.h;
  });
  const files = edited(
    `${DASHBOARDS}/3-performance-resource.json`,
    (dashboard) => dashboard.panels.push({ ...chronology, id: 9, gridPos: { ...chronology.gridPos, y: 90 } }),
    gone,
  );
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “3 · Performance et ressources”

    - Panel **Chronologie SUCCESS / FAILED**
      - moved here from dashboard “1 · Santé de l'ingestion”
      - number: 6 → 9
    "
  `);
});

test("queries, variables, annotations, links, overrides that come and go", () => {
  const files = edited(HEALTH, (dashboard) => {
    const failures = panel(dashboard, "Échecs");
    failures.targets.push({ refId: "C", expr: 'sum(count_over_time({job="kafka-logs"}[5m]))' });
    failures.targets.shift();
    dashboard.templating.list.reverse();
    dashboard.templating.list.push({ name: "etat", type: "custom", query: "SUCCESS,FAILED" });
    dashboard.annotations.list = [];
    dashboard.links[0].url = "/d/other";
    dashboard.time.from = "now-24h";
    dashboard.refresh = "";
    panel(dashboard, "Chronologie SUCCESS / FAILED").fieldConfig.overrides.pop();
  });
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - variable “etat”: added custom, SUCCESS,FAILED
    - order of variables: entreprise, zone, source → source, zone, entreprise
    - annotation “Échecs”: removed \`{job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"} | json objet="objet", description="description"\`
    - annotation “Flux refusés”: removed \`{job="kafka-rejets"} | json reason="reason", input="input", line="line" | reason=~"(no room for a further stream|Loki refused it: Maximum active stream limit exceeded).*"\`
    - link “Tableaux” · address: added /d/other
    - time range: last 6 h → last 24 h
    - refresh: 1 min → off
    - Panel **Échecs**
      - query A: removed \`sum(count_over_time({job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"} [$__range])) or vector(0)\`
      - query C: added \`sum(count_over_time({job="kafka-logs"}[5m]))\`
    - Panel **Chronologie SUCCESS / FAILED**: field “FAILED”: removed color \\{"mode":"fixed","fixedColor":"red"\\}
    "
  `);
});
