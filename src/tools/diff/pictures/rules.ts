import { drawnOf } from "../../../alerting/condition.ts";
import { backTest, type RuleBackTest } from "../../../alerting/history/back-test.ts";
import type { Period, Records } from "../../../alerting/history/period.ts";
import type { Judgeable } from "../../../alerting/timeline.ts";
import { UserError } from "../../../core/errors.ts";
import { byText } from "../../../core/order.ts";
import type { Picture } from "../../../view/picture.ts";
import { timelineChart } from "../../../view/timeline.ts";
import { rangeOf, timelineRows } from "../../../view/timeline-rows.ts";
import type { Subject } from "../compare/report.ts";
import { judgeable } from "../effect/own.ts";
import { asNumber, asText, get } from "../json.ts";
import type { Entity, State } from "../model/model.ts";

/** The records that rules are judged on, and the period that is drawn. */
export type Judged = Readonly<{ records: Records; period: Period }>;
type States = Readonly<{ from: State; to: State }>;

const WIDTH = 520;
const LEGEND = "Red: firing. Orange: pending, and the threshold (dashed). Grey: normal.";

/** The unit of the panel that a rule links to. */
function unitOf({ body }: Entity, { dashboards }: State): string | undefined {
  const dashboard = dashboards.find(({ id }) => id !== undefined && id === asText(body.dashboardUid));
  const panel = dashboard?.panels.find(({ id }) => id === String(asNumber(body.panelId)));
  return asText(get(panel?.body, "fieldConfig", "defaults", "unit"));
}

async function judged(entity: Entity | undefined, state: State, { records, period }: Judged) {
  if (!entity) return undefined;
  const rule = judgeable(entity);
  return backTest(rule, records, { period, comparisons: drawnOf(rule, unitOf(entity, state)) });
}

const statesOf = (test: RuleBackTest<Judgeable> | undefined) =>
  test
    ? JSON.stringify(
        timelineRows(test)
          .map(({ name, states }) => [name, states])
          .sort(),
      )
    : "";

function picture(test: RuleBackTest<Judgeable> | undefined, title: string): Picture | undefined {
  if (!test) return undefined;
  const rows = timelineRows(test).toSorted((a, b) => byText(a.name, b.name));
  if (rows.length === 0) return { colors: [], table: [], missing: "No instance: nothing comes near the condition." };
  return {
    chart: timelineChart({ title, description: LEGEND, range: rangeOf(test.period), rows, width: WIDTH }),
    colors: [],
    table: [],
  };
}

/** The timelines of a rule before and now; undefined where they are the same. */
export async function rulePictures({ from, to, title }: Subject, states: States, on: Judged) {
  try {
    const [before, after] = [await judged(from, states.from, on), await judged(to, states.to, on)];
    if (statesOf(before) === statesOf(after)) return undefined;
    return { before: picture(before, title), after: picture(after, title) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { before: undefined, after: { colors: [], table: [], missing: `It cannot be judged: ${error.message}` } };
  }
}
