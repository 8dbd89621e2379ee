import { durationSeconds } from "../core/durations.ts";
import type { LogQuery, Query } from "../logql/ast.ts";
import { evaluateInstant, evaluateRange } from "../logql/evaluate/evaluate.ts";
import { evaluateLogs } from "../logql/evaluate/logs.ts";
import { parse } from "../logql/parse/parse.ts";
import { type Streams, sinceEpoch } from "../logql/streams.ts";
import { type ShownFrame, withSettings } from "./fields.ts";
import { type Asked, filled, isQueryFault } from "./fill.ts";
import { type Frame, ofInstant, ofLines, ofMatrix } from "./frames.ts";
import type { Panel, Target } from "./model.ts";
import { knowsPanel, notShown } from "./support.ts";
import { stepOf, type TimeRange, within } from "./times.ts";
import { transformed } from "./transformations.ts";

/** What a panel is asked, and the points that it has room for. */
export type Question = Asked & Readonly<{ points: number }>;
type AskedQuery = Readonly<{ refId: string; expr: string }>;
/**
 * What a panel shows: its data, the step between two points (ms), its queries, what it asks for in vain, and why there
 * is no data.
 */
export type PanelData = Readonly<{
  frames: readonly ShownFrame[];
  step: number;
  queries: readonly AskedQuery[];
  notShown: readonly string[];
  error?: string;
}>;

const MILLISECOND = 1e6;
const LINES = 1000;

/** The lines of a log query in a range, the newest first. */
export function linesOf(
  query: LogQuery,
  { streams, range, limit }: Readonly<{ streams: Streams; range: TimeRange; limit: number }>,
) {
  return evaluateLogs(query, streams, { ...within(range, streams), limit, direction: "backward" });
}

const isSorted = (query: Query) => query.kind === "vector" && (query.fn === "sort" || query.fn === "sort_desc");

type Given = Readonly<{ target: Target; query: Query; step: number }>;
function framesOf({ target, query, step }: Given, { streams, range }: Question): readonly Frame[] {
  const origin = { refId: target.refId, at: sinceEpoch(streams) };
  const { start, end } = within(range, streams);
  if (query.kind === "logs")
    return ofLines(linesOf(query, { streams, range, limit: target.maxLines ?? LINES }), origin);
  if (target.queryType === "instant")
    return ofInstant(evaluateInstant(query, streams, { at: end }), {
      ...origin,
      moment: end,
      isSorted: isSorted(query),
    });
  return ofMatrix(evaluateRange(query, streams, { start, end, step: step * MILLISECOND }), {
    ...origin,
    step,
    format: target.legendFormat,
  });
}

/** The step (ms) of a panel that has room for so many points. */
const panelStep = ({ interval, maxDataPoints }: Panel, { range, points }: Pick<Question, "range" | "points">): number =>
  stepOf(range, {
    points: maxDataPoints ?? points,
    least: (durationSeconds((interval ?? "").replace(/^>/, "")) ?? 0) * 1000,
  });

/** Asks a panel's queries and makes of the answers what Grafana would show. */
export function panelData(panel: Panel, question: Question): PanelData {
  const step = panelStep(panel, question);
  const missing = notShown(panel);
  const queries: AskedQuery[] = [];
  // The queries of a panel often read the same lines.
  const asked = { ...question, streams: { ...question.streams, read: new Map() } };
  if (!knowsPanel(panel.type)) return { frames: [], step, queries, notShown: missing };
  try {
    const frames = panel.targets.flatMap((target) => {
      if (target.hide || target.expr === undefined) return [];
      const instant = target.queryType === "instant";
      const expr = filled(target.expr, { ...question, step, instant });
      queries.push({ refId: target.refId, expr });
      return framesOf({ target, query: parse(expr), step }, asked);
    });
    const shown = transformed(frames, panel.transformations).map((frame) => withSettings(frame, panel.fieldConfig));
    return { frames: shown, step, queries, notShown: missing };
  } catch (error) {
    if (!isQueryFault(error)) throw error;
    const where = queries.length > 0 ? `requête ${queries.at(-1)!.refId} : ` : "";
    return { frames: [], step, queries, notShown: missing, error: `${where}${error.message}` };
  }
}
