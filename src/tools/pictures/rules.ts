import { drawnOf } from "../../alerting/condition.ts";
import { backTest } from "../../alerting/history/back-test.ts";
import type { Rule } from "../../alerting/provisioned.ts";
import { largest } from "../../core/numbers.ts";
import { DAY_S } from "../../core/spans.ts";
import { PICTURED_AT } from "../../logs/data.ts";
import { unitOfRule } from "../../view/definitions.ts";
import { LEGEND, timelineChart } from "../../view/timeline.ts";
import { nameOf, rangeOf, timelineRows } from "../../view/timeline-rows.ts";
import { type Drawing, iso, rounded } from "./drawing.ts";
import type { Material } from "./material.ts";

const DAYS = 7;
const PERIOD = { from: PICTURED_AT / 1000 - DAYS * DAY_S, to: PICTURED_AT / 1000 };

async function drawing(rule: Rule, material: Material): Promise<Drawing> {
  const comparisons = drawnOf(rule, unitOfRule(material.definitions, rule.panel));
  const test = await backTest(rule, material.records, { period: PERIOD, comparisons });
  if (!test) throw new Error(`the made-up week is too short for ${rule.uid}`);
  const rows = timelineRows(test);
  const range = rangeOf(test.period);
  const values = {
    title: rule.title,
    range: { from: iso(range.from), to: iso(range.to) },
    instances: rows.map(({ name, values: all }) => {
      const firings = test.instances.find(({ labels }) => nameOf(labels) === name)?.firings ?? [];
      return {
        name,
        values: all.map(({ limit, points }) => {
          const numbers = points.flatMap(([, value]) => (value === null ? [] : [value]));
          return { threshold: limit, most: rounded(largest(numbers, 0)) };
        }),
        fired: firings.map(({ from, to }) => [iso(from * 1000), iso(to * 1000)]),
      };
    }),
  };
  const title = `${rule.title} — ${LEGEND.fr}`;
  return { name: `alerte-${rule.uid}`, chart: timelineChart({ title, language: "fr", range, rows }), values };
}

/** The timeline of every rule over the made-up week. */
export async function ruleDrawings(material: Material): Promise<readonly Drawing[]> {
  const found = [];
  for (const rule of material.definitions.alerting.rules) found.push(await drawing(rule, material));
  return found;
}
