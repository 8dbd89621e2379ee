// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana
import { describe, expect, test } from "vitest";
import { filled } from "../../src/view/fill.ts";
import type { Dashboard } from "../../src/view/model.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const HOUR = 3_600_000;

describe("variables in a query", () => {
  const variables = [
    { name: "source", type: "query", multi: true, includeAll: true, allValue: ".*", current: {} },
    { name: "texte", type: "textbox", multi: false, includeAll: false, query: "", current: {} },
  ] as unknown as Dashboard["templating"]["list"];
  const fill = (expr: string, choice: Record<string, readonly string[]>, instant = false) =>
    filled(expr, { range: { from: NOW - HOUR, to: NOW }, step: 5000, instant, variables, choice });
  test.each([
    ['{s=~"$source"}[$__auto]', { source: ["$__all"] }, '{s=~".*"}[5s]'],
    ['{s=~"$source"}[$__range]', { source: ["a", "b.c"] }, '{s=~"a|b\\\\.c"}[3600s]'],
    ['{s=~"${source}"} [[source]]', { source: ["a"] }, '{s=~"a"} a'],
    ['|~ "(?i)${texte:regex}"', { texte: ["a+b"] }, '|~ "(?i)a\\+b"'],
    ["`${texte:percentencode}`", { texte: ["é*"] }, "`%C3%A9%2A`"],
    ["${__to} - ${__from}", {}, `${NOW} - ${NOW - HOUR}`],
    ["$inconnue", {}, "$inconnue"],
  ] as const)("%s", (expr, choice, wanted) => expect(fill(expr, choice)).toBe(wanted));
  test("an instant query's $__auto is the whole range", () => expect(fill("[$__auto]", {}, true)).toBe("[3600s]"));
  test("a format that is not known is told", () =>
    expect(() => fill("${texte:lucene}", { texte: ["x"] })).toThrow("lucene"));
});
