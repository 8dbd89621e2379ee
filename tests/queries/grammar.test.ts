import { describe, expect, test } from "vitest";
import { LogqlError } from "../../src/logql/errors.ts";
import { parse } from "../../src/logql/parse/parse.ts";
import { builtQueries, substitute } from "../support/built.ts";

describe("every generated query is LogQL", () => {
  test.each(builtQueries())("$where", ({ expr }) => {
    expect(parse(substitute(expr)).span).toBeDefined();
  });

  test.each(['sum by (source (count_over_time({job="x"} [5m]))', '{job="x"', 'max_over_time({job="x"} | unwrap [5m])'])(
    "an error is seen: %s",
    (query) => {
      expect(() => parse(query)).toThrow(LogqlError);
    },
  );
});
