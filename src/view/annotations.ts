import { EvaluationError, LogqlError } from "../logql/errors.ts";
import { parse } from "../logql/parse/parse.ts";
import type { Streams } from "../logql/streams.ts";
import type { Events } from "./events.ts";
import { type Choice, filled } from "./fill.ts";
import { legend } from "./frames.ts";
import type { Annotation, Variable } from "./model.ts";
import { linesOf } from "./panel.ts";
import type { TimeRange } from "./times.ts";

const MOST = 1000;
type Question = Readonly<{ streams: Streams; range: TimeRange; variables: readonly Variable[]; choice: Choice }>;

/** What each annotation query of a dashboard finds in a range. */
export const eventsOf = (annotations: readonly Annotation[], question: Question): readonly Events[] =>
  annotations
    .filter(({ builtIn, expr }) => builtIn === 0 && expr !== undefined)
    .map(({ name, iconColor, enable, hide, filter, expr, titleFormat, textFormat, tagKeys }) => {
      const base = { name, color: iconColor, enabled: enable, hidden: hide, ...(filter && { filter }) };
      try {
        const query = parse(filled(expr!, { ...question, step: 1000, instant: false }));
        if (query.kind !== "logs") return { ...base, events: [], error: "ce n'est pas une requête de lignes" };
        const whole = Number(question.streams.origin / 1_000_000n);
        const events = linesOf(query, { ...question, limit: MOST }).map(({ time, line, labels }) => ({
          time: whole + time / 1e6,
          title: legend(titleFormat, labels),
          text: textFormat ? legend(textFormat, labels) : line,
          tags: tagKeys
            .split(",")
            .map((key) => labels[key.trim()] ?? "")
            .filter(Boolean),
        }));
        return { ...base, events };
      } catch (error) {
        if (!(error instanceof LogqlError || error instanceof EvaluationError || error instanceof RangeError))
          throw error;
        return { ...base, events: [], error: error.message };
      }
    });
