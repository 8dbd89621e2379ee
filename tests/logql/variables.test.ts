import { describe, expect, test } from "vitest";
import { parse } from "../../src/logql/parse/parse.ts";
import { fillVariables, standIn } from "../../src/logql/variables.ts";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: Grafana variables
describe("stand-ins for unknown values", () => {
  test.each([
    ['rate({job="x"}[$__auto])', 'rate({job="x"}[1m])'],
    ['rate({job="x"}[${window}])', 'rate({job="x"}[1m])'],
    ['rate({job="x"}[${minutes}m])', 'rate({job="x"}[1m])'],
    ['rate({job="x"}[[[window]]])', 'rate({job="x"}[1m])'],
    ['rate({job="x"}[5m] offset $back)', 'rate({job="x"}[5m] offset 1m)'],
    ["(${__to} - 1) / $x", "(1 - 1) / 1"],
    ["{job=~${job:doublequote}}", '{job=~"v"}'],
    ['{$label="x"} | unwrap $field', '{v="x"} | unwrap v'],
    ["sum by ($label, b) (1)", "sum by (v, b) (1)"],
    ['{job="$job"} |= `$text` # $no', '{job="v"} |= `v` # $no'],
    ['{job="x"} | line_format "{{ $a }} $b {{.${c}}}"', '{job="x"} | line_format "{{ $a }} v {{.v}}"'],
    ['{job="[5m] $1 \\" $2x"}', '{job="[5m] $1 \\" v"}'],
    ['{job="x"} |= ip("$a")', '{job="x"} |= ip("127.0.0.1")'],
    ['{job="x"} |~ "a$|(b$)" | d=~"[[:alpha:]]"', '{job="x"} |~ "a$|(b$)" | d=~"[[:alpha:]]"'],
    ['rate({job="x"}[$__rate_interval])', 'rate({job="x"}[$__rate_interval])'],
  ])("%s", (text, expected) => {
    expect(fillVariables(text, standIn).text).toBe(expected);
  });
});

describe("given values", () => {
  const values: Readonly<Record<string, string>> = { env: "a|b", __range: "1h" };
  const fill = ({ name }: { name: string }) => values[name];

  test("are filled in whatever the form; what has none stays", () => {
    const { text, placeholders } = fillVariables(
      'rate({e=~"$env", f=~"${env:regex}", g="[[env]]", h="$none"}[$__range])',
      fill,
    );
    expect(text).toBe('rate({e=~"a|b", f=~"a|b", g="a|b", h="$none"}[1h])');
    expect(placeholders.map(({ name, format, place }) => [name, format, place])).toEqual([
      ["env", "", "string"],
      ["env", "regex", "string"],
      ["env", "", "string"],
      ["none", "", "string"],
      ["__range", "", "range"],
    ]);
  });

  test("places point back into the original", () => {
    const original = '{e=~"$env"} |~ "x$env" != "y"';
    const { text, original: back, originalSpan } = fillVariables(original, fill);
    expect(text).toBe('{e=~"a|b"} |~ "xa|b" != "y"');
    for (const [at, char] of [...text].entries()) if (!/[ab|]/.test(char)) expect(original[back(at)]).toBe(char);
    expect(back(text.indexOf("a|b") + 1)).toBe(original.indexOf("$env"));
    expect(back(text.length)).toBe(original.length);
    const stages = parse(text);
    const spans = stages.kind === "logs" ? stages.stages.map(({ span }) => originalSpan(span!)) : [];
    expect(spans.map(({ from, to }) => original.slice(from, to))).toEqual(['|~ "x$env"', '!= "y"']);
    expect(originalSpan({ from: text.indexOf("a|b"), to: text.indexOf("a|b") + 1 })).toEqual({ from: 5, to: 9 });
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: Grafana variables
