import { describe, expect, test } from "vitest";
import type { About } from "../../../src/tools/lint/finding.ts";
import { rules } from "../../../src/tools/lint/rules/index.ts";
import { OTHER as query } from "../../../src/tools/lint/sources/queries.ts";
import { faultsOf } from "./support.ts";

const rule: About = { role: "rule", interval: 60, stated: [], thresholds: [] };

/** What one rule has against a query: the text from which it complains, and what it suggests. */
const against = (name: string, text: string, about: About) =>
  faultsOf(text, about)
    .filter((fault) => fault.rule === name)
    .map(({ offset, suggestion }) => [text.slice(offset, offset + 12), suggestion]);

type Case = readonly [text: string, ...found: (readonly [at: string, suggestion: string])[]];
const cases = (name: string, about: About, bad: readonly Case[], good: readonly string[]) =>
  describe(name, () => {
    test.each(bad.map(([text, ...found]) => ({ text, found })))("bad: $text", ({ text, found }) => {
      expect(against(name, text, about)).toEqual(found);
    });
    test.each(good)("good: %s", (text) => {
      expect(faultsOf(text, about)).toEqual([]);
    });
  });

const operand = 'write a text in quotes, as "x" or a number or a duration, as 5m or a size, as 5KB there';
const manual = "mend it there; Loki's documentation of queries says what it reads";
cases(
  "syntax",
  query,
  [
    ['sum(rate({job="x"}[5m])', ["", 'write ")" there']],
    ['sum by (source (count_over_time({job="x"}[5m]))', ["(count_over_", 'write ")" or "," there']],
    ['{job="x"} | json | level=', ["", operand]],
    ['rate(http_total{job="x"}[5m])', ["http_total{j", 'write "{" there']],
    ['sum(rate({job="x"}[$__auto]) by', ["", 'write "(" there']],
    ["{}", ["{}", manual]],
    ['sum(rate({job="x"}[$__rate_interval]))', ["$__rate_inte", "write $__auto in a panel, a duration in a rule"]],
    ['{job="$x"} | json | level=', ["", operand]],
    ['max_over_time({job="$x"}[5m]) by (a)', ["max_over_tim", manual]],
    ['sum(rate({job="x"}[5m])) * $__range_s)', [")", "write an operator or nothing more there"]],
    ['max_over_time({job="x"}[5m]) by (a)', ["max_over_tim", manual]],
    ['count_over_time({job="x"} | unwrap a | __error__="" [5m])', ["count_over_t", manual]],
    ['sum_over_time({job="x"} | unwrap a | __error__="" [5m]) by (b)', ["sum_over_tim", manual]],
    ['{job="x"} + 1', ['{job="x"} + ', manual]],
  ],
  [
    'sum(rate({job="x"}[5m] offset 1h)) > bool 5',
    'max_over_time(({job="x"} | unwrap a | __error__="")[5m]) by (b)',
    'approx_topk(5, sum by (a) (rate({job="x"}[5m])))',
    '{job="x"} # a comment with "one quote',
    // A variable can hold whatever the query lacks.
    'sum(rate({job="x", $filters}[5m])) by ($label)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    "${query}",
    'sum(rate({job="x"}[$window$unit]))',
    // A variable in a string is of the language that the string is read in.
    '{job="x"} |= ip("$address") | pattern "$a$b" | regexp "$c$d" | json e="$path" | line_format "{{.e}} $f"',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    '{job="x"} |~ "(?i)${text:regex}" !~ "[[no]]{2}"',
    'variants(count_over_time({job="x"}[5m])) of ({job="x"}[5m])',
  ],
);

const application = 'add the label that names the application, as {job="…"}';
cases(
  "equality-matcher",
  query,
  [
    ['{job=~"a|b"}', ['{job=~"a|b"}', application]],
    ['sum(count_over_time({job!="a", env=~".+"} |= "x" [5m]))', ['{job!="a", e', application]],
    ['sum(rate({job=~".+", env=""}[5m])) / sum(rate({job="x"}[5m]))', ['{job=~".+", ', application]],
  ],
  ['{job="x", env=~"a|b"}', '{job="$job"}', '{env=~"a|b", job="x"} |= "y"'],
);

cases(
  "regex-for-equality",
  query,
  [
    ['{job=~"kafka-logs"}', ['job=~"kafka-', 'write job="kafka-logs"']],
    ['{job="x", env!~"^prod$"}', ['env!~"^prod$', 'write env!="prod"']],
    ['{job="x", host=~"a\\\\.b"}', ['host=~"a\\\\.b', 'write host="a.b"']],
    ['{job="x"} |~ "timeout"', ['|~ "timeout"', 'write |= "timeout"']],
    ['{job="x"} !~ `timeout`', ["!~ `timeout`", 'write != "timeout"']],
    ['{job="x"} |~ "a" or `b"`', ['|~ "a" or `b', 'write |= "a" or "b\\""']],
    ['{job="x"} | logfmt | level=~"error"', ['level=~"erro', 'write level="error"']],
  ],
  [
    '{job="x", env=~"a|b"}',
    '{job="x", env=~".+"}',
    '{job="x", env=~"$env"}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    '{job="x", env=~${env:doublequote}}',
    '{job="x"} |~ "(?i)timeout"',
    '{job="x"} |~ "^start"',
    '{job="x"} |= "a.b"',
    '{job="x", host=~"\\\\d+"}',
  ],
);

cases(
  "line-filter-after-parser",
  query,
  [
    ['{job="x"} | json a="a" |= "failed"', ['|= "failed"', "move it before | json"]],
    [
      '{job="x"} | logfmt | level="error" |~ "a|b" != "c"',
      ['|~ "a|b" != ', "move it before | logfmt"],
      ['!= "c"', "move it before | logfmt"],
    ],
    ['sum(rate({job="x"} |= "a" | pattern `<_> <m>` |= "b" [5m]))', ['|= "b" [5m])', "move it before | pattern"]],
  ],
  [
    '{job="x"} |= "failed" | json a="a"',
    '{job="x"} | json a="a" | line_format "{{.a}}" |= "failed"',
    '{job="x"} | unpack |= "failed"',
    '{job="x"} | json | a="b"',
  ],
);

const plain = "the same where they are texts or numbers at the top of the line";
const byPath =
  'name the fields that the metric needs by their paths, as | json level="log.level"; the others no longer tell series apart';
cases(
  "json-without-fields",
  query,
  [
    [
      'sum by (user) (count_over_time({job="x"} | json | level="error" [5m]))',
      ["json | level", `name the fields (not the stream labels): | json level="level", user="user", ${plain}`],
    ],
    [
      'max_over_time({job="x"} | json | d > 5 | unwrap s | __error__="" [5m]) by (job, user)',
      ["json | d > 5", `name the fields (not the stream labels): | json d="d", s="s", user="user", ${plain}`],
    ],
    ['sum(rate({job="x"} | json [5m]))', ["json [5m]))", byPath]],
    // A name with "_" may be a nested field, and a template may read any.
    ['sum(count_over_time({job="x"} | json | log_level="error" [5m]))', ["json | log_l", byPath]],
    ['sum(count_over_time({job="x"} | json | line_format "{{.a}}" | level="b" [5m]))', ["json | line_", byPath]],
    // Each combination of all labels counts here.
    ['count(count_over_time({job="x"} | json | level="error" [5m]))', ["json | level", byPath]],
    ['sum without (pod) (count_over_time({job="x"} | json | level="error" [5m]))', ["json | level", byPath]],
    ['count_over_time({job="x"} | json | level="error" [5m])', ["json | level", byPath]],
  ],
  [
    '{job="x"} | json | level="error"',
    'sum(count_over_time({job="x"} | json level="level" | level="error" [5m]))',
    'sum(count_over_time({job="x"} |= "| json" [5m]))',
  ],
);

const filtered = (unwrap: string) => `write | ${unwrap} | __error__="", which leaves out what is no number`;
cases(
  "unwrap-error-filter",
  query,
  [
    ['max_over_time({job="x"} | json a="a" | unwrap a [5m]) by (b)', ["unwrap a [5m", filtered("unwrap a")]],
    [
      'max_over_time({job="x"} | json a="a" | __error__="" | unwrap duration(a) | b="c" [5m]) by (b)',
      ["unwrap durat", filtered("unwrap duration(a)")],
    ],
    ['max_over_time({job="x"} | unwrap a | __error__="" or b="c" [5m]) by (b)', ["unwrap a | _", filtered("unwrap a")]],
  ],
  [
    'max_over_time({job="x"} | json a="a" | unwrap a | __error__="" [5m]) by (b)',
    'max_over_time({job="x"} | unwrap a | b > 1 | __error__=`` [5m]) by (b)',
    'max_over_time({job="x"} | unwrap a | __error__!~".+" [5m]) by (b)',
  ],
);

const grouped = (fn: string, labels: string) =>
  `write ${fn}_over_time(…) ${labels} and drop the outer ${fn}: the values are the same`;
cases(
  "group-inside",
  query,
  [
    [
      'max by (source) (max_over_time({job="x"} | unwrap a | __error__="" [5m]))',
      ["max_over_tim", grouped("max", "by (source)")],
    ],
    [
      'max without (pod) (max_over_time({job="x"} | unwrap a | __error__="" [5m]))',
      ["max_over_tim", grouped("max", "without (pod)")],
    ],
    ['min(min_over_time({job="x"} | unwrap a | __error__="" [5m])) > 3', ["min_over_tim", grouped("min", "by ()")]],
    [
      'last_over_time({job="x"} | unwrap a | __error__="" [5m])',
      [
        "last_over_ti",
        "write last_over_time(…) by (…) with the labels to tell apart: what only differs otherwise becomes one series",
      ],
    ],
  ],
  [
    'max_over_time({job="x"} | unwrap a | __error__="" [5m]) by (source)',
    'max_over_time({job="x"} | unwrap a | __error__="" [5m]) by ()',
    'sum by (source) (sum_over_time({job="x"} | unwrap a | __error__="" [5m]))',
    'sum by (source) (rate({job="x"} | unwrap a | __error__="" [5m]))',
    'sum by (source) (count_over_time({job="x"}[5m]))',
    // A mean of means, a sum of quantiles, the largest mean: grouped inside, each is another number.
    'avg by (tool) (avg_over_time({app="g"} | unwrap ms | __error__="" [5m]))',
    'sum without (pod) (quantile_over_time(0.9, {job="x"} | unwrap a | __error__="" [5m]))',
    'max by (source) (avg_over_time({job="x"} | unwrap a | __error__="" [5m]))',
  ],
);

const present = (field: string, unwrap = field) =>
  `write | ${field}!="" before | unwrap ${unwrap}, which leaves those lines out`;
cases(
  "mean-of-optional-field",
  query,
  [
    [
      'avg_over_time({job="x"} | json duree_s="duree_s" | unwrap duree_s | __error__="" [5m]) by (source)',
      ["unwrap duree", present("duree_s")],
    ],
    [
      'avg_over_time({job="x"} | logfmt | unwrap bytes(size) | __error__="" | size!="" [5m]) by ()',
      ["unwrap bytes", present("size", "bytes(size)")],
    ],
    [
      'avg_over_time({job="x"} | logfmt | a!="" or b="1" | unwrap a | __error__="" [5m]) by ()',
      ["unwrap a | _", present("a")],
    ],
    ['avg_over_time({job="x"} | logfmt | a!="0" | unwrap a | __error__="" [5m]) by ()', ["unwrap a | _", present("a")]],
  ],
  [
    'avg_over_time({job="x"} | json a="a" | a!="" | unwrap a | __error__="" [5m]) by (source)',
    'avg_over_time({job="x"} | label_format a="{{.b}}" | unwrap a | __error__="" [5m]) by (source)',
    'avg_over_time({job="x"} | json a="a" | a=~"(?i).+" | unwrap a | __error__="" [5m]) by (source)',
    'avg_over_time({job="x"} | json a="a" | a >= 0 | unwrap a | __error__="" [5m]) by (source)',
    'avg_over_time({job="x"} | json a="a" | a > 10ms | unwrap duration(a) | __error__="" [5m]) by (source)',
    'max_over_time({job="x"} | json a="a" | unwrap a | __error__="" [5m]) by (source)',
  ],
);

const fill = "fill each series with … or 0 * sum by (same labels) (a count of everything), or group by nothing";
cases(
  "vector-beside-grouping",
  query,
  [
    ['sum by (source) (count_over_time({job="x"}[5m])) or vector(0)', ["vector(0)", fill]],
    ['vector(0) or sum without (pod) (rate({job="x"}[5m]))', ["vector(0) or", fill]],
    ['count_over_time({job="x"}[5m]) or vector(0)', ["vector(0)", fill]],
    // The left of `or` is all of the quotient, whatever nests in the grammar's tree.
    ['sum by (a) (rate({job="x"}[5m])) / sum by (a) (rate({job="y"}[5m])) or vector(0)', ["vector(0)", fill]],
    ['1 + (sum by (a) (rate({job="x"}[5m])) or vector(0)) * 2', ["vector(0)) *", fill]],
    ['topk(3, sum by (a) (rate({job="x"}[5m]))) or vector(0)', ["vector(0)", fill]],
  ],
  [
    'sum(count_over_time({job="x"}[5m])) or vector(0)',
    '(sum(rate({job="x"}[5m])) or vector(0)) / sum(rate({job="y"}[5m]))',
    'sum(rate({job="x"}[5m])) / sum(rate({job="y"}[5m])) or vector(0)',
    'max_over_time({job="x"} | unwrap a | __error__="" [5m]) by () or vector(0)',
    'sum by (a) (rate({job="x"}[5m])) or 0 * sum by (a) (rate({job="y"}[5m]))',
    'sum(sum by (a) (rate({job="x"}[5m]))) or vector(0)',
    'sum by (a) (rate({job="x"}[5m])) > on () vector(5)',
  ],
);

cases(
  "variable-in-rule",
  rule,
  [
    ['sum(rate({job="x", env="$env"}[5m]))', ['$env"}[5m]))', "write the value itself"]],
    ['sum(rate({job="x"}[$window]))', ["$window]))", "write a literal duration, as [5m]"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    ['sum(rate({job="x"}[5m])) > ${limit}', ["${limit}", "write the value itself"]],
  ],
  [
    'sum(rate({job="x"} |~ "a$|b$" [5m]))',
    'label_replace(sum by (a) (rate({job="x"}[5m])), "b", "$1", "a", "(.*)-.*")',
    'label_replace(sum by (a) (rate({job="x"}[5m])), "b", "$first", "a", "(?P<first>.*)-.*")',
    // Grafana fills these in, in rules too.
    'sum(rate({job="x"}[$__auto])) + sum(rate({job="x"}[$__interval]))',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    'sum(count_over_time({job="x"}[${__range}])) / $__range_s > 0',
    'sum(rate({job="x"} | line_format "{{ $v := .a }}{{ $v }}" [5m]))',
  ],
);

describe("variable-in-rule of Loki's ruler, which fills in nothing", () => {
  test.each(["$__auto", "$__range", "$__interval", "$window"])("%s", (name) => {
    expect(against("variable-in-rule", `sum(rate({job="x"}[${name}]))`, { ...rule, ruler: true })).toEqual([
      [`${name}]))`.slice(0, 12), "write a literal duration, as [5m]"],
    ]);
  });
});

cases(
  "log-query-rule",
  rule,
  [['{job="x"} |= "error"', ['{job="x"} |=', "count its lines: sum(count_over_time(… [5m])) > 0"]]],
  ['sum(count_over_time({job="x"} |= "error" [5m])) > 0'],
);

const silence = "ask for silence with absent_over_time(…), or fill it with … or vector(0) before comparing";
cases(
  "never-true",
  query,
  [
    ['sum(count_over_time({job="x"}[5m])) == 0', ["sum(count_ov", silence]],
    ['sum(count_over_time({job="x"}[5m])) < 1', ["sum(count_ov", silence]],
    ['0 >= sum by (a) (rate({job="x"}[5m]))', ["0 >= sum by ", silence]],
    ['absent_over_time({job="x"}[5m]) > 1', ["absent_over_", silence]],
    ['sum(rate({job="x", a="b"}[5m])) / sum(rate({job="x"}[5m])) <= 0', ["sum(rate({jo", silence]],
    ['count(rate({job="x"}[5m])) == 1.5', ["count(rate({", silence]],
    ['1 + max(100 * count_over_time({job="x"}[5m])) < 101', ["1 + max(100 ", silence]],
    ['sum(bytes_over_time({job="x"}[5m])) < 0', ["sum(bytes_ov", silence]],
    ['sum(rate({job="y"}[5m])) and (sum(count_over_time({job="x"}[5m])) == 0)', ["sum(count_ov", silence]],
  ],
  [
    'sum(count_over_time({job="x"}[5m])) == 1',
    '(sum(count_over_time({job="x"}[5m])) or vector(0)) == 0',
    'sum(count_over_time({job="x"}[5m])) == bool 0',
    'sum(count_over_time({job="x"}[5m])) - 5 < 0',
    'sum(count_over_time({job="x"}[5m])) < 2',
    'sum(bytes_over_time({job="x"}[5m])) == 0',
    'sum(sum_over_time({job="x"} | unwrap a | __error__="" [5m])) < 0',
    'sum(count_over_time({job="x"}[5m])) < $limit',
    'absent_over_time({job="x"}[5m]) == 1',
    'avg(count_over_time({job="x"}[5m])) < 1.5',
  ],
);

const all = "compare every series with the threshold; keep the top list for the panel";
cases(
  "topk-in-rule",
  rule,
  [
    ['topk(3, sum by (a) (rate({job="x"}[5m]))) > 1', ["topk(3, sum ", all]],
    ['sum(bottomk by (a) (1, rate({job="x"}[5m])))', ["bottomk by (", all]],
    ['approx_topk(3, sum by (a) (rate({job="x"}[5m])))', ["approx_topk(", all]],
  ],
  ['sum by (topk) (rate({job="topk"}[5m])) > 1'],
);

cases(
  "window-too-short",
  rule,
  [
    ['sum(count_over_time({job="x"}[1m])) > 0', ["[1m])) > 0", "look back at least 90s"]],
    ['sum(rate({job="x"}[5m])) / sum(rate({job="x"}[1m29s]))', ["[1m29s]))", "look back at least 90s"]],
  ],
  [
    'sum(count_over_time({job="x"}[90s])) > 0',
    'sum(count_over_time({job="x"}[1h])) unless sum(count_over_time({job="x"}[2m]))',
  ],
);

const panel = (unit: string, ...thresholds: number[]): About => ({
  role: "panel",
  stated: [{ by: "the panel", unit }],
  thresholds,
});
const unwrapping = (field: string) => `max_over_time({job="x"} | unwrap ${field} | __error__="" [5m]) by ()`;
const failing = 'sum(rate({job="x", etat="FAILED"}[5m]))';
const everything = 'sum(rate({job="x"}[5m]))';

describe("unit-mismatch", () => {
  test.each([
    [unwrapping("duree_s"), panel("ms"), "seconds, but the panel states ms"],
    [unwrapping("memoire_octets"), panel("s", 150e6), "bytes, but the panel states s"],
    [unwrapping("request_duration_seconds"), panel("bytes"), "seconds, but the panel states bytes"],
    [unwrapping("body_bytes"), panel("percent"), "bytes, but the panel states percent"],
    [unwrapping("duration(took)"), panel("ms"), "seconds, but the panel states ms"],
    [`${unwrapping("duree_s")} * 1000`, panel("s"), "time (ms), but the panel states s"],
    [everything, panel("s"), "a number, but the panel states s"],
    [`${failing} / ${everything}`, panel("percent", 2), "a ratio between 0 and 1, but the panel states percent"],
    [
      `(1 - ${failing} / ${everything}) * 100`,
      panel("percentunit"),
      "share (percent), but the panel states percentunit",
    ],
    [
      `(${failing} or vector(0)) / ${everything}`,
      panel("percentunit", 2),
      "a ratio between 0 and 1, but is compared with 2",
    ],
    ['sum(bytes_rate({job="x"}[5m]))', panel("bytes"), "bytes per second, but the panel states bytes"],
    [
      'max_over_time({job="x"} | json d="took_seconds" | unwrap d | __error__="" [5m]) by ()',
      panel("bytes"),
      "seconds, but the panel states bytes",
    ],
  ])("bad: %s", (text, about, message) => {
    expect(faultsOf(text, about)).toMatchObject([
      { rule: "unit-mismatch", offset: 0, message: `the query yields ${message}` },
    ]);
  });

  test.each([
    [unwrapping("duree_s"), panel("s", 10)],
    [`${unwrapping("duree_s")} * 1000`, panel("ms")],
    [`${unwrapping("memoire_octets")} / 1000000`, panel("decmbytes")],
    [unwrapping("memoire_octets"), panel("bytes", 150e6)],
    [everything, panel("reqps")],
    [`${everything} * 60`, panel("short")],
    [`${failing} / ${everything}`, panel("percentunit", 0.02)],
    [`100 * ${failing} / ${everything}`, panel("percent", 2)],
    [`${failing} / ${everything} * 100`, panel("percent", 2)],
    [`${failing} or ${everything} * 0`, panel("short")],
    [
      `sum(sum_over_time({job="x"} | unwrap took_s | __error__="" [5m])) / sum(count_over_time({job="x"}[5m]))`,
      panel("s"),
    ],
    [`${unwrapping("unheard_of")}`, panel("s")],
    [unwrapping("duree_s"), panel("celsius")],
    [`${unwrapping("duree_s")} * ${unwrapping("duree_s")}`, panel("bytes")],
    ['absent_over_time({job="x"}[75m]) * 4500', panel("s")],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    [`${everything} * ${"${factor}"}`, panel("s")],
    ['{job="x"}', panel("s")],
  ])("good: %s", (text, about) => {
    expect(faultsOf(text, about)).toEqual([]);
  });
});

test("every rule has a name of its own and a reason of one line", () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  for (const { reason } of rules) expect(reason).toMatch(/^[^\n]{20,160}\.$/);
});

test("a rule of alerts says nothing about a panel's query", () => {
  expect(faultsOf('topk(3, sum by (a) (rate({job="x", b="$b"}[10s])))', query)).toEqual([]);
});

test("a rule can be switched off", () => {
  expect(faultsOf('{job=~"a"}', query, "regex-for-equality")).toEqual([]);
});
