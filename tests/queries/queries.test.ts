import { describe, expect, test } from "vitest";
import { config } from "../../src/config.ts";
import { hours, minutes, printDuration, seconds } from "../../src/core/units.ts";
import { equals, logs, noneOf, oneOf, over } from "../../src/queries/logql.ts";
import { runCount, silence, unreadable } from "../../src/queries/metrics.ts";
import { print } from "../../src/queries/print.ts";
import { allRuns, successesOf } from "../../src/queries/records.ts";
import { watches } from "../../src/queries/watches.ts";
import { builtQueries } from "../support/built.ts";

const queriesOf = (prefix: string) =>
  Object.fromEntries(builtQueries().flatMap(({ where, expr }) => (where.startsWith(prefix) ? [[where, expr]] : [])));

describe("every generated query", () => {
  test("1-ingestion-health", () =>
    expect(queriesOf("1-ingestion-health")).toMatchInlineSnapshot(`
      {
        "1-ingestion-health/1/A": "sum(
        count_over_time(
          {job="kafka-logs", etat="SUCCESS", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__range]
        )
      ) or vector(0)",
        "1-ingestion-health/2/A": "sum(
        count_over_time(
          {job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__range]
        )
      ) or vector(0)",
        "1-ingestion-health/2/B": "sum by (source) (
        count_over_time(
          {job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__range]
        )
      )",
        "1-ingestion-health/3/A": "(
        sum(
          count_over_time(
            {job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [$__range]
          )
        )
        or
        sum(
          count_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [$__range]
          )
        ) * 0
      )
      /
      sum(
        count_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__range]
        )
      )",
        "1-ingestion-health/4/A": "quantile_over_time(
        0.95,
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json duree_s="duree_s"
          | unwrap duree_s
          | __error__=""
          [15m]
      ) by (source)",
        "1-ingestion-health/5/A": "max_over_time(
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json memoire_octets="memoire_octets"
          | unwrap memoire_octets
          | __error__=""
          [$__range]
      ) by ()",
        "1-ingestion-health/6/A": "sum by (etat) (
        count_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__auto]
        )
      )",
        "1-ingestion-health/7/A": "sum by (source) (
        count_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__range]
        )
      )",
        "1-ingestion-health/7/B": "1 - (
        sum by (source) (
          count_over_time(
            {job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [$__range]
          )
        )
        or
        sum by (source) (
          count_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [$__range]
          )
        ) * 0
      )
      /
      sum by (source) (
        count_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__range]
        )
      )",
        "1-ingestion-health/7/C": "quantile_over_time(
        0.95,
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json duree_s="duree_s"
          | unwrap duree_s
          | __error__=""
          [$__range]
      ) by (source)",
        "1-ingestion-health/8/A": "{job="kafka-logs", etat=~"FAILED|INVALID", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
        | json objet="objet", description="description"
        | drop objet="", description=""
        | label_format ligne=\`{{ if eq .etat "INVALID" }}{{ __line__ }}{{ end }}\`
        | drop ligne=""",
        "1-ingestion-health/annotation Flux refusés": "{job="kafka-rejets"}
        | json reason="reason", input="input", line="line"
        | reason=~"(no room for a further stream|Loki refused it: Maximum active stream limit exceeded).*"",
        "1-ingestion-health/annotation Échecs": "{job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
        | json objet="objet", description="description"",
        "1-ingestion-health/variable entreprise": "{job="kafka-logs"}",
        "1-ingestion-health/variable source": "{job="kafka-logs", entreprise=~"$entreprise", zone=~"$zone"}",
        "1-ingestion-health/variable zone": "{job="kafka-logs", entreprise=~"$entreprise"}",
      }
    `));
  test("2-errors-slas", () =>
    expect(queriesOf("2-errors-slas")).toMatchInlineSnapshot(`
      {
        "2-errors-slas/1/A": "(
        sum(
          count_over_time(
            {job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [15m]
          )
        )
        or
        sum(
          count_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [15m]
          )
        ) * 0
      )
      /
      sum(
        count_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [15m]
        )
      )",
        "2-errors-slas/1/B": "(
        sum by (source) (
          count_over_time(
            {job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [15m]
          )
        )
        or
        sum by (source) (
          count_over_time(
            {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
              [15m]
          )
        ) * 0
      )
      /
      sum by (source) (
        count_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [15m]
        )
      )",
        "2-errors-slas/2/A": "avg_over_time(
        {job="kafka-logs", etat="SUCCESS", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json retablissement_s="retablissement_s"
          | retablissement_s!=""
          | unwrap retablissement_s
          | __error__=""
          [$__range]
      ) by ()",
        "2-errors-slas/2/B": "avg_over_time(
        {job="kafka-logs", etat="SUCCESS", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json retablissement_s="retablissement_s"
          | retablissement_s!=""
          | unwrap retablissement_s
          | __error__=""
          [$__range]
      ) by (source)",
        "2-errors-slas/3/A": "(
        \${__to} - max_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            | label_format ts="{{ __timestamp__ | unixEpochMillis }}"
            | unwrap ts
            | __error__=""
            [24h]
        ) by (source)
      ) / 1000",
        "2-errors-slas/annotation Flux refusés": "{job="kafka-rejets"}
        | json reason="reason", input="input", line="line"
        | reason=~"(no room for a further stream|Loki refused it: Maximum active stream limit exceeded).*"",
        "2-errors-slas/annotation Échecs": "{job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
        | json objet="objet", description="description"",
        "2-errors-slas/variable entreprise": "{job="kafka-logs"}",
        "2-errors-slas/variable source": "{job="kafka-logs", entreprise=~"$entreprise", zone=~"$zone"}",
        "2-errors-slas/variable zone": "{job="kafka-logs", entreprise=~"$entreprise"}",
      }
    `));
  test("3-performance-resource", () =>
    expect(queriesOf("3-performance-resource")).toMatchInlineSnapshot(`
      {
        "3-performance-resource/1/A": "quantile_over_time(
        0.5,
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json duree_s="duree_s"
          | unwrap duree_s
          | __error__=""
          [$__auto]
      ) by ()",
        "3-performance-resource/1/B": "quantile_over_time(
        0.95,
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json duree_s="duree_s"
          | unwrap duree_s
          | __error__=""
          [$__auto]
      ) by ()",
        "3-performance-resource/1/C": "quantile_over_time(
        0.99,
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json duree_s="duree_s"
          | unwrap duree_s
          | __error__=""
          [$__auto]
      ) by ()",
        "3-performance-resource/2/A": "sum by (source) (
        rate(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__auto]
        )
      ) * 300",
        "3-performance-resource/2/B": "sum by (source) (
        rate(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            [$__auto]
        )
      ) * 60",
        "3-performance-resource/3/A": "max_over_time(
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json cpu_s="cpu_s"
          | unwrap cpu_s
          | __error__=""
          [15m]
      ) by (source)",
        "3-performance-resource/3/B": "max_over_time(
        {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
          | json memoire_octets="memoire_octets"
          | unwrap memoire_octets
          | __error__=""
          [15m]
      ) by (source)",
        "3-performance-resource/annotation Flux refusés": "{job="kafka-rejets"}
        | json reason="reason", input="input", line="line"
        | reason=~"(no room for a further stream|Loki refused it: Maximum active stream limit exceeded).*"",
        "3-performance-resource/annotation Échecs": "{job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
        | json objet="objet", description="description"",
        "3-performance-resource/variable entreprise": "{job="kafka-logs"}",
        "3-performance-resource/variable source": "{job="kafka-logs", entreprise=~"$entreprise", zone=~"$zone"}",
        "3-performance-resource/variable zone": "{job="kafka-logs", entreprise=~"$entreprise"}",
      }
    `));
  test("4-logs-debugging", () =>
    expect(queriesOf("4-logs-debugging")).toMatchInlineSnapshot(`
      {
        "4-logs-debugging/1/A": "{job="kafka-logs", entreprise=~"$entreprise", zone=~"$zone", source=~"$source", etat=~"$etat"}
        | label_format trouve=\`{{ contains ("\${recherche:percentencode}" | urldecode | lower) (__line__ | lower) }}\`
        | trouve="true"
        | drop trouve
        | json debut="debut", fin="fin", duree_s="duree_s", cpu_s="cpu_s", memoire_octets="memoire_octets", objet="objet", description="description"
        | drop debut="", fin="", duree_s="", cpu_s="", memoire_octets="", objet="", description=""
        | label_format ligne=\`{{ if eq .etat "INVALID" }}{{ __line__ }}{{ end }}\`
        | drop ligne=""",
        "4-logs-debugging/annotation Flux refusés": "{job="kafka-rejets"}
        | json reason="reason", input="input", line="line"
        | reason=~"(no room for a further stream|Loki refused it: Maximum active stream limit exceeded).*"",
        "4-logs-debugging/annotation Échecs": "{job="kafka-logs", etat="FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
        | json objet="objet", description="description"",
        "4-logs-debugging/variable entreprise": "{job="kafka-logs"}",
        "4-logs-debugging/variable source": "{job="kafka-logs", entreprise=~"$entreprise", zone=~"$zone"}",
        "4-logs-debugging/variable zone": "{job="kafka-logs", entreprise=~"$entreprise"}",
      }
    `));
  test("1-echec-detecte", () =>
    expect(queriesOf("1-echec-detecte")).toMatchInlineSnapshot(`
    {
      "1-echec-detecte/A": "sum by (source) (count_over_time({job="kafka-logs", etat="FAILED"} [5m]))",
    }
  `));
  test("2-taux-echec-eleve", () =>
    expect(queriesOf("2-taux-echec-eleve")).toMatchInlineSnapshot(`
      {
        "2-taux-echec-eleve/A": "(
        sum(count_over_time({job="kafka-logs", etat="FAILED"} [15m]))
        or
        sum(count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [15m])) * 0
      )
      /
      sum(count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [15m]))",
      }
    `));
  test("3-source-muette", () =>
    expect(queriesOf("3-source-muette")).toMatchInlineSnapshot(`
      {
        "3-source-muette/A": "sum by (source) (
        absent_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohoprojects"} [75m]
        ) * 4500
        or
        absent_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohobooks"} [75m]
        ) * 4500
        or
        absent_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", source="zohocrm"} [75m]
        ) * 4500
        or
        absent_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", source="PowerBI"} [75m]
        ) * 4500
        or
        absent_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", source="Efficy"} [75m]
        ) * 4500
        or
        absent_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", source="sharepoint_graph"} [75m]
        ) * 4500
        or
        absent_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", source="EasyProjects"} [75m]
        ) * 4500
        or
        (
          sum by (source) (
            count_over_time(
              {job="kafka-logs", etat=~"SUCCESS|FAILED", source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects"}
                [24h]
            )
          )
          unless
          sum by (source) (
            count_over_time(
              {job="kafka-logs", etat=~"SUCCESS|FAILED", source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects"}
                [75m]
            )
          )
        ) * 0 + 4500
        or
        absent_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [75m]) * 4500
      )",
      }
    `));
  test("4-latence-degradee", () =>
    expect(queriesOf("4-latence-degradee")).toMatchInlineSnapshot(`
      {
        "4-latence-degradee/A": "quantile_over_time(
        0.95,
        {job="kafka-logs", etat=~"SUCCESS|FAILED"}
          | json duree_s="duree_s"
          | unwrap duree_s
          | __error__=""
          [15m]
      ) by (source)",
      }
    `));
  test("5-surconsommation-ressources", () =>
    expect(queriesOf("5-surconsommation-ressources")).toMatchInlineSnapshot(`
      {
        "5-surconsommation-ressources/A": "max_over_time(
        {job="kafka-logs", etat=~"SUCCESS|FAILED"}
          | json memoire_octets="memoire_octets"
          | unwrap memoire_octets
          | __error__=""
          [15m]
      ) by (source)
      or
      sum by (source) (
        count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [15m])
      ) * 0",
        "5-surconsommation-ressources/B": "max_over_time(
        {job="kafka-logs", etat=~"SUCCESS|FAILED"}
          | json cpu_s="cpu_s"
          | unwrap cpu_s
          | __error__=""
          [15m]
      ) by (source)
      or
      sum by (source) (
        count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [15m])
      ) * 0",
      }
    `));
});

test("every watched threshold", () => {
  expect(
    Object.entries(watches(config)).map(([name, { threshold, plottedBy }]) => [
      name,
      `${threshold.value} ${threshold.unit}`,
      `${plottedBy.dashboard}/${plottedBy.panel}`,
    ]),
  ).toMatchInlineSnapshot(`
    [
      [
        "failures",
        "1 locale",
        "1-ingestion-health/2",
      ],
      [
        "failureRate",
        "0.02 percentunit",
        "2-errors-slas/1",
      ],
      [
        "p95",
        "10 s",
        "1-ingestion-health/4",
      ],
      [
        "memory",
        "150000000 decbytes",
        "3-performance-resource/3",
      ],
      [
        "cpu",
        "60 s",
        "3-performance-resource/3",
      ],
    ]
  `);
});

test("each source is silent after its own maximum silence; a retired one never", () => {
  const sources = {
    expected: [{ source: "a" }, { source: "b.c", maxSilence: hours(26) }],
    retired: ["old"],
    maxSilence: minutes(75),
    memory: hours(24),
  };
  expect(print(silence(sources)).replaceAll('job="kafka-logs", etat=~"SUCCESS|FAILED"', "…")).toMatchInlineSnapshot(
    `
    "sum by (source) (
      absent_over_time({…, source="a"} [75m]) * 4500
      or
      absent_over_time({…, source="b.c"} [26h]) * 93600
      or
      (
        sum by (source) (
          count_over_time(
            {…, source!~\`a|b\\.c|old\`} [24h]
          )
        )
        unless
        sum by (source) (
          count_over_time(
            {…, source!~\`a|b\\.c|old\`} [75m]
          )
        )
      ) * 0 + 4500
      or
      absent_over_time({…} [75m]) * 4500
    )"
  `,
  );
});

describe("printing", () => {
  const selector = (...matchers: Parameters<typeof logs>[1]) => print(logs({ scope: [], mode: "literal" }, matchers));
  test("quotes and backslashes in a label value stay inside it", () => {
    expect(selector(equals("source", 'a"b\\c\n'))).toBe('{source="a\\"b\\\\c\\n"}');
  });
  test("regular-expression characters of a value match themselves", () => {
    expect(selector(oneOf("source", ["a.b", "c|d"]))).toBe("{source=~`a\\.b|c\\|d`}");
    expect(selector(noneOf("source", ["a(b)"]))).toBe("{source!~`a\\(b\\)`}");
  });
  test("what other programs take for a line end in a label value is no line end of the query", () => {
    const odd = "a\u2028b\u2029c\u0085d";
    const query = print(silence({ ...config.sources, expected: [{ source: odd }], retired: [] }));
    expect([...new Set(query.match(/source(?:=|!~)[`"]a[^`"]*[`"]/g))]).toEqual([
      `source="${odd}"`,
      `source!~"${odd}"`,
    ]);
  });
  test.each([
    [seconds(0), "0s"],
    [seconds(90), "90s"],
    [minutes(75), "75m"],
    [hours(24), "24h"],
  ])("%j is written %s", (duration, text) => expect(printDuration(duration)).toBe(text));
  test("a total has no grouping clause", () => {
    expect(print(runCount(over(minutes(5)), []))).toBe(
      'sum(count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [5m]))',
    );
  });
});

test("what a report asks besides the panels' queries", () => {
  expect([
    print(unreadable(over(hours(24)), [])),
    print(allRuns()),
    print(successesOf({ entreprise: "akonovia", source: "Efficy", objet: 'a "b" | \\ c' })),
  ]).toMatchInlineSnapshot(`
    [
      "sum(count_over_time({job="kafka-logs", etat="INVALID"} [24h]))",
      "{job="kafka-logs", etat=~"SUCCESS|FAILED"}",
      "{job="kafka-logs", etat="SUCCESS", entreprise="akonovia", source="Efficy"}
      | json objet="objet"
      | objet=\`a "b" | \\ c\`",
    ]
  `);
});
