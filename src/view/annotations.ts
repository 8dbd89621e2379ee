import { parse } from "../logql/parse/parse.ts";
import { sinceEpoch } from "../logql/streams.ts";
import type { Events } from "./events.ts";
import { type Asked, filled, isQueryFault } from "./fill.ts";
import { legend } from "./frames.ts";
import type { Annotation } from "./model.ts";
import { linesOf } from "./panel.ts";

const MOST = 1000;

/** What each annotation query of a dashboard finds in a range. */
export const eventsOf = (annotations: readonly Annotation[], question: Asked): readonly Events[] =>
  annotations
    .filter(({ builtIn, expr }) => builtIn === 0 && expr !== undefined)
    .map(({ name, iconColor, enable, hide, filter, expr, titleFormat, textFormat, tagKeys }) => {
      const base = { name, color: iconColor, enabled: enable, hidden: hide, ...(filter && { filter }) };
      try {
        const query = parse(filled(expr!, { ...question, step: 1000, instant: false }));
        if (query.kind !== "logs") return { ...base, events: [], error: "ce n'est pas une requête de lignes" };
        const at = sinceEpoch(question.streams);
        const events = linesOf(query, { ...question, limit: MOST }).map(({ time, line, labels }) => ({
          time: at(time),
          title: legend(titleFormat, labels),
          text: textFormat ? legend(textFormat, labels) : line,
          tags: tagKeys
            .split(",")
            .map((key) => labels[key.trim()] ?? "")
            .filter(Boolean),
        }));
        return { ...base, events };
      } catch (error) {
        if (!isQueryFault(error)) throw error;
        return { ...base, events: [], error: error.message };
      }
    });
