import { expect, test } from "vitest";
import { days, hours, minutes, seconds } from "../../../src/core/units.ts";
import { config } from "../../support/config.ts";
import { ALERTING, type Any, built, changes, DASHBOARDS, edited, generated, panel, without } from "./support.ts";

const HEALTH = `${DASHBOARDS}/1-ingestion-health.json`;
const ERRORS = `${DASHBOARDS}/2-errors-slas.json`;
const latency = config.rules["4-latence-degradee"];
const withLatency = (change: Partial<typeof latency> | Record<string, unknown>) =>
  generated({
    ...config,
    rules: { ...config.rules, "4-latence-degradee": { ...latency, ...change } },
  } as typeof config);

test("move a panel: the others only make room", () => {
  const files = edited(HEALTH, (dashboard) => {
    panel(dashboard, "Chronologie SUCCESS / FAILED").gridPos.y = 19;
    panel(dashboard, "Sources par performance").gridPos.y = 9;
    panel(dashboard, "Dernières erreurs").gridPos.y = 9;
  });
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **Chronologie SUCCESS / FAILED**: moved: column 0, line 9 → column 0, line 19
    "
  `);
});

test("rename a panel", () => {
  const files = edited(HEALTH, (dashboard) => {
    panel(dashboard, "Mémoire maximale").title = "Mémoire de pointe";
  });
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **Mémoire de pointe**: renamed, was “Mémoire maximale”
    "
  `);
});

test("remove a panel: its neighbours only close up", () => {
  const files = edited(HEALTH, (dashboard) => {
    dashboard.panels = dashboard.panels.filter(({ title }: Any) => title !== "Échecs");
    panel(dashboard, "Durée p95 par source").gridPos.x -= 5;
  });
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **Échecs**: removed (stat, 2 queries)
    "
  `);
});

test("change a threshold", () => {
  expect(changes(withLatency({ p95: seconds(20) }))).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **Durée p95 par source**
      - threshold: green, red from 10 s → green, red from 20 s
      - least height of the axis: 12.5 s → 25 s
      - description: “10 s” → “20 s”
    - Panel **Sources par performance**: field “Durée p95” · threshold: green, red from 10 s → green, red from 20 s

    ### Alert rules

    - Rule **Latence dégradée**
      - condition: > 10 s → > 20 s
      - description, summary: “10 s” → “20 s”
    "
  `);
});

test("change a window", () => {
  expect(changes(withLatency({ window: minutes(30) }))).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **Durée p95 par source**
      - window: 15 min → 30 min
      - description: “15 min” → “30 min”

    ### Alert rules

    - Rule **Latence dégradée**
      - window: 15 min → 30 min
      - description, summary: “15 min” → “30 min”
    "
  `);
});

test("change a label matcher", () => {
  const files = edited(`${ALERTING}/1-echec-detecte.yml`, ({ groups: [{ rules }] }) => {
    const { model } = rules[0].data[0];
    model.expr = model.expr.replace('etat="FAILED"', 'etat=~"FAILED|INVALID"');
  });
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Alert rules

    - Rule **Échec détecté**: query: \`etat="FAILED"\` → \`etat=~"FAILED|INVALID"\`
      <details><summary>before and after</summary>

      \`\`\`
      sum by (source) (count_over_time({job="kafka-logs", etat="FAILED"} [5m]))
      \`\`\`

      \`\`\`
      sum by (source) (count_over_time({job="kafka-logs", etat=~"FAILED|INVALID"} [5m]))
      \`\`\`

      </details>
    "
  `);
});

test("change a unit", () => {
  const files = edited(HEALTH, (dashboard) => {
    panel(dashboard, "Durée p95 par source").fieldConfig.defaults.unit = "ms";
  });
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **Durée p95 par source**: unit: seconds (s) → milliseconds (ms)
    "
  `);
});

test("change a severity", () => {
  expect(changes(withLatency({ severity: "critical" }))).toMatchInlineSnapshot(`
    "### Alert rules

    - Rule **Latence dégradée**: severity: warning → critical
    "
  `);
});

test("remove a rule", () => {
  expect(changes(without(`${ALERTING}/4-latence-degradee.yml`))).toMatchInlineSnapshot(`
    "### Alert rules

    - Rule **Latence dégradée**: removed (> 10 s, for 5 min, warning)
    "
  `);
});

test("add a source", () => {
  const expected = [...config.sources.expected, { source: "salesforce", maxSilence: hours(26) }];
  expect(changes(generated({ ...config, sources: { ...config.sources, expected } }))).toMatchInlineSnapshot(`
    "### Dashboard “1 · Santé de l'ingestion”

    - Panel **Durée p95 par source**: override of “/\\^(.\\* · )?salesforce\\$/”: added color \\{"mode":"fixed","fixedColor":"\\#A0714F"\\}

    ### Dashboard “2 · Erreurs et engagements”

    - Panel **Taux d'échec**: override of “/\\^(.\\* · )?salesforce\\$/”: added color \\{"mode":"fixed","fixedColor":"\\#A0714F"\\}
    - Panel **Fraîcheur par source**
      - window: 24 h → 52 h
      - field “salesforce”: added max 93600; threshold green, red from 26 h
      - description: “24 h” → “52 h”

    ### Dashboard “3 · Performance et ressources”

    - Panel **Débit par source**: override of “/\\^(.\\* · )?salesforce\\$/”: added color \\{"mode":"fixed","fixedColor":"\\#A0714F"\\}
    - Panel **CPU et mémoire par source**: override of “/\\^(.\\* · )?salesforce\\$/”: added color \\{"mode":"fixed","fixedColor":"\\#A0714F"\\}

    ### Alert rules

    - Rule **Source muette**
      - query: added \`absent_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED", source="salesforce"} [26h]) * 93600 or\`; \`source!~"…point_graph|EasyProjects"\` → \`source!~"…point_graph|EasyProjects|salesforce"\` (2 times)
        <details><summary>before and after</summary>

        \`\`\`
        sum by (source) (
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohoprojects"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohobooks"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohocrm"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="PowerBI"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="Efficy"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="sharepoint_graph"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="EasyProjects"} [75m]
          ) * 4500
          or
          (
            sum by (source) (
              count_over_time(
                {job="kafka-logs", etat=~"SUCCESS|FAILED", source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects"}
                  [24h]
              )
            )
            unless
            sum by (source) (
              count_over_time(
                {job="kafka-logs", etat=~"SUCCESS|FAILED", source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects"}
                  [75m]
              )
            )
          ) * 0 + 4500
          or
          absent_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [75m]) * 4500
        )
        \`\`\`

        \`\`\`
        sum by (source) (
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohoprojects"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohobooks"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohocrm"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="PowerBI"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="Efficy"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="sharepoint_graph"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="EasyProjects"} [75m]
          ) * 4500
          or
          absent_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", source="salesforce"} [26h]
          ) * 93600
          or
          (
            sum by (source) (
              count_over_time(
                {job="kafka-logs", etat=~"SUCCESS|FAILED", source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects|salesforce"}
                  [24h]
              )
            )
            unless
            sum by (source) (
              count_over_time(
                {job="kafka-logs", etat=~"SUCCESS|FAILED", source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects|salesforce"}
                  [75m]
              )
            )
          ) * 0 + 4500
          or
          absent_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [75m]) * 4500
        )
        \`\`\`

        </details>
      - window: 24 h → 26 h

    ### Notifications

    - Template **ingestion**: text: “1” → “3”
    "
  `);
});

test("add a dashboard", () => {
  const dashboard = JSON.parse(built.get(ERRORS)!);
  const added = { ...dashboard, uid: "5-couts", title: "5 · Coûts", panels: [dashboard.panels[1]] };
  expect(changes(new Map([...built, [`${DASHBOARDS}/5-couts.json`, JSON.stringify(added)]]))).toMatchInlineSnapshot(`
    "### Dashboard “5 · Coûts”

    - added (1 panel: “MTTR”)
    "
  `);
});

test("change retention", () => {
  expect(changes(generated({ ...config, retention: days(30) }))).toMatchInlineSnapshot(`
    "### Loki and Promtail

    - **Loki**: retention: 92 days → 30 days
    "
  `);
});

const reversed = (value: Any): Any =>
  Array.isArray(value)
    ? value.map(reversed)
    : value && typeof value === "object"
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, item]) => [key, reversed(item)]),
        )
      : value;

test("reorder: of keys, panels and files nothing is said", () => {
  let files = edited(HEALTH, (dashboard) => dashboard.panels.reverse());
  for (const path of [...files.keys()].filter((name) => /\.(json|ya?ml)$/.test(name)))
    files = edited(path, (document) => void Object.assign(document, reversed(document)), files);
  files = new Map([...files].reverse());
  expect(changes(files)).toMatchInlineSnapshot(`
    "Nothing changed between BASE and HEAD.
    "
  `);
});

test("change only a description", () => {
  const files = edited(ERRORS, (dashboard) => {
    const mttr = panel(dashboard, "MTTR");
    mttr.description = mttr.description.replace("Temps moyen de rétablissement", "Durée moyenne de rétablissement");
  });
  expect(changes(files)).toMatchInlineSnapshot(`
    "### Dashboard “2 · Erreurs et engagements”

    - Panel **MTTR**: description: “Temps moyen” → “Durée moyenne”
    "
  `);
});
