import { expect, test } from "vitest";
import { days, hours, minutes, seconds } from "../../../src/core/units.ts";
import { config } from "../../support/config.ts";
import {
  ALERTING,
  type Any,
  brief,
  built,
  changes,
  DASHBOARDS,
  edited,
  type Files,
  generated,
  HEALTH,
  panel,
  without,
  withRule,
} from "./support.ts";

const ERRORS = `${DASHBOARDS}/2-errors-slas.json`;
const withLatency = (change: object) => withRule("4-latence-degradee", change);

const errors = JSON.parse(built.get(ERRORS)!);
const costs = { ...errors, uid: "5-couts", title: "5 · Coûts", panels: [errors.panels[1]] };
test.each<[string, Files, heading: string, line: string]>([
  [
    "change a severity",
    withLatency({ severity: "critical" }),
    "Alert rules",
    "Rule **Latence dégradée**: severity: warning → critical",
  ],
  [
    "remove a rule",
    without(`${ALERTING}/4-latence-degradee.yml`),
    "Alert rules",
    "Rule **Latence dégradée**: removed (> 10 s, for 5 min, warning)",
  ],
  [
    "add a dashboard",
    new Map([...built, [`${DASHBOARDS}/5-couts.json`, JSON.stringify(costs)]]),
    "Dashboard “5 · Coûts”",
    "added (1 panel: “MTTR”)",
  ],
  [
    "change retention",
    generated({ ...config, retention: days(30) }),
    "Loki and Promtail",
    "**Loki**: retention: 92 days → 30 days",
  ],
  [
    "change only a description",
    edited(ERRORS, (dashboard) => {
      const mttr = panel(dashboard, "MTTR");
      mttr.description = mttr.description.replace("Temps moyen de rétablissement", "Durée moyenne de rétablissement");
    }),
    "Dashboard “2 · Erreurs et engagements”",
    "Panel **MTTR**: description: “Temps moyen” → “Durée moyenne”",
  ],
])("%s", (_, files, heading, line) => {
  expect(changes(files)).toBe(`### ${heading}\n\n- ${line}\n`);
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
      - interval: 1 min → 2 min

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

test("add a source", () => {
  const expected = [...config.sources.expected, { source: "salesforce", maxSilence: hours(26) }];
  expect(brief(generated({ ...config, sources: { ...config.sources, expected } }))).toMatchInlineSnapshot(`
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
      - window: 24 h → 26 h

    ### Notifications

    - Template **ingestion**: text: “1” → “3”
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
