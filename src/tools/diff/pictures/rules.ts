import { drawnOf } from "../../../alerting/condition.ts";
import { backTest } from "../../../alerting/history/back-test.ts";
import { UserError } from "../../../core/errors.ts";
import { byText } from "../../../core/order.ts";
import { noPicture, type Picture } from "../../../view/picture.ts";
import { timelineChart } from "../../../view/timeline.ts";
import { rangeOf, timelineRows } from "../../../view/timeline-rows.ts";
import type { Pairing } from "../compare/match.ts";
import type { Subject } from "../compare/report.ts";
import { judgeable, type OwnRecords } from "../effect/own.ts";
import { asText, equal, get } from "../json.ts";
import type { Entity, State } from "../model/model.ts";
import { linkedPanel } from "../vocabulary/units.ts";

const WIDTH = 520;

/** The timelines of a rule's instances; undefined where it is not, or the records are too short for it. */
async function judged(entity: Entity | undefined, state: State, { records, period }: OwnRecords) {
  if (!entity) return undefined;
  const rule = judgeable(entity);
  const unit = asText(get(linkedPanel({ state, entity })?.body, "fieldConfig", "defaults", "unit"));
  const test = await backTest(rule, records, { period, comparisons: drawnOf(rule, unit) });
  return test && { range: rangeOf(test.period), rows: timelineRows(test).toSorted((a, b) => byText(a.name, b.name)) };
}
type Judged = Awaited<ReturnType<typeof judged>>;

const statesOf = (test: Judged) => test?.rows.map(({ name, states }) => [name, states]) ?? [];

function picture(test: Judged, title: string): Picture | undefined {
  if (!test) return undefined;
  if (test.rows.length === 0) return noPicture("No instance: nothing comes near the condition.");
  const chart = timelineChart({ title, language: "en", width: WIDTH, ...test });
  return { colors: [], table: [], chart };
}

/** The timelines of a rule before and now; undefined where they are the same. */
export async function rulePictures({ from, to, title }: Subject, states: Pairing<State>, on: OwnRecords) {
  try {
    const [before, after] = [await judged(from, states.from, on), await judged(to, states.to, on)];
    if (equal(statesOf(before), statesOf(after))) return undefined;
    return { before: picture(before, title), after: picture(after, title) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { after: noPicture(`It cannot be judged: ${error.message}`) };
  }
}
