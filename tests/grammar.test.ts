import { parser } from "@grafana/lezer-logql";
import { describe, expect, test } from "vitest";
import { builtQueries, substitute } from "./support/built.ts";

/** The first place that the grammar does not understand, if any. */
function firstError(query: string): string | undefined {
  let error: string | undefined;
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.type.isError) error ??= `at ${node.from}: …${query.slice(Math.max(0, node.from - 20), node.to + 20)}…`;
    },
  });
  return error;
}

describe("every generated query is LogQL", () => {
  test.each(builtQueries())("$where", ({ expr }) => {
    expect(firstError(substitute(expr))).toBeUndefined();
  });

  test.each(['sum by (source (count_over_time({job="x"} [5m]))', '{job="x"', 'max_over_time({job="x"} | unwrap [5m])'])("an error is seen: %s", (query) => {
    expect(firstError(query)).toBeDefined();
  });
});
