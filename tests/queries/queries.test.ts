import { describe, expect, test } from "vitest";
import { config } from "../../src/config.ts";
import { hours, minutes, printDuration, seconds } from "../../src/core/units.ts";
import { equals, logs, noneOf, oneOf, over } from "../../src/queries/logql/logs.ts";
import { runCount, silence, unreadable } from "../../src/queries/metrics.ts";
import { print } from "../../src/queries/print.ts";
import { allRuns, successesOf } from "../../src/queries/records.ts";
import { watches } from "../../src/queries/watches.ts";
import { builtQueries } from "../support/built.ts";
import { oneLine } from "../support/normalise.ts";

const RUNS = 'job="kafka-logs", etat=~"SUCCESS|FAILED"';
const SELECTION = 'entreprise=~"$entreprise", zone=~"$zone", source=~"$source"';
/** The queries of some places, each on one line: `runs` are those of every source, `…` what every panel follows. */
const queriesAt = (place: RegExp) =>
  Object.fromEntries(
    builtQueries().flatMap(({ where, expr }) =>
      place.test(where) ? [[where, oneLine(expr).replaceAll(RUNS, "runs").replaceAll(SELECTION, "…")]] : [],
    ),
  );

describe("every generated query", () => {
  test("of a panel", () =>
    expect(queriesAt(/^\S+\/\d+\/[A-Z]$/)).toMatchInlineSnapshot(`
      {
        "1-ingestion-health/1/A": "sum(count_over_time({job="kafka-logs", etat="SUCCESS", …} [$__range])) or vector(0)",
        "1-ingestion-health/2/A": "sum(count_over_time({job="kafka-logs", etat="FAILED", …} [$__range])) or vector(0)",
        "1-ingestion-health/2/B": "sum by (source) (count_over_time({job="kafka-logs", etat="FAILED", …} [$__range]))",
        "1-ingestion-health/3/A": "(sum(count_over_time({job="kafka-logs", etat="FAILED", …} [$__range])) or sum(count_over_time({runs, …} [$__range])) * 0) / sum(count_over_time({runs, …} [$__range]))",
        "1-ingestion-health/4/A": "quantile_over_time(0.95, {runs, …} | json duree_s="duree_s" | unwrap duree_s | __error__="" [15m]) by (source)",
        "1-ingestion-health/5/A": "max_over_time({runs, …} | json memoire_octets="memoire_octets" | unwrap memoire_octets | __error__="" [$__range]) by ()",
        "1-ingestion-health/6/A": "sum by (etat) (count_over_time({runs, …} [$__auto]))",
        "1-ingestion-health/7/A": "sum by (source) (count_over_time({runs, …} [$__range]))",
        "1-ingestion-health/7/B": "1 - (sum by (source) (count_over_time({job="kafka-logs", etat="FAILED", …} [$__range])) or sum by (source) (count_over_time({runs, …} [$__range])) * 0) / sum by (source) (count_over_time({runs, …} [$__range]))",
        "1-ingestion-health/7/C": "quantile_over_time(0.95, {runs, …} | json duree_s="duree_s" | unwrap duree_s | __error__="" [$__range]) by (source)",
        "1-ingestion-health/8/A": "{job="kafka-logs", etat=~"FAILED|INVALID", …} | json objet="objet", description="description" | drop objet="", description="" | label_format ligne=\`{{ if eq .etat "INVALID" }}{{ __line__ }}{{ end }}\` | drop ligne=""",
        "2-errors-slas/1/A": "(sum(count_over_time({job="kafka-logs", etat="FAILED", …} [15m])) or sum(count_over_time({runs, …} [15m])) * 0) / sum(count_over_time({runs, …} [15m]))",
        "2-errors-slas/1/B": "(sum by (source) (count_over_time({job="kafka-logs", etat="FAILED", …} [15m])) or sum by (source) (count_over_time({runs, …} [15m])) * 0) / sum by (source) (count_over_time({runs, …} [15m]))",
        "2-errors-slas/2/A": "avg_over_time({job="kafka-logs", etat="SUCCESS", …} | json retablissement_s="retablissement_s" | retablissement_s!="" | unwrap retablissement_s | __error__="" [$__range]) by ()",
        "2-errors-slas/2/B": "avg_over_time({job="kafka-logs", etat="SUCCESS", …} | json retablissement_s="retablissement_s" | retablissement_s!="" | unwrap retablissement_s | __error__="" [$__range]) by (source)",
        "2-errors-slas/3/A": "(\${__to} - max_over_time({runs, …} | label_format ts="{{ __timestamp__ | unixEpochMillis }}" | unwrap ts | __error__="" [24h]) by (source)) / 1000",
        "3-performance-resource/1/A": "quantile_over_time(0.5, {runs, …} | json duree_s="duree_s" | unwrap duree_s | __error__="" [$__auto]) by ()",
        "3-performance-resource/1/B": "quantile_over_time(0.95, {runs, …} | json duree_s="duree_s" | unwrap duree_s | __error__="" [$__auto]) by ()",
        "3-performance-resource/1/C": "quantile_over_time(0.99, {runs, …} | json duree_s="duree_s" | unwrap duree_s | __error__="" [$__auto]) by ()",
        "3-performance-resource/2/A": "sum by (source) (rate({runs, …} [$__auto])) * 300",
        "3-performance-resource/2/B": "sum by (source) (rate({runs, …} [$__auto])) * 60",
        "3-performance-resource/3/A": "max_over_time({runs, …} | json cpu_s="cpu_s" | unwrap cpu_s | __error__="" [15m]) by (source)",
        "3-performance-resource/3/B": "max_over_time({runs, …} | json memoire_octets="memoire_octets" | unwrap memoire_octets | __error__="" [15m]) by (source)",
        "4-logs-debugging/1/A": "{job="kafka-logs", …, etat=~"$etat"} | label_format trouve=\`{{ contains ("\${recherche:percentencode}" | urldecode | lower) (__line__ | lower) }}\` | trouve="true" | drop trouve | json debut="debut", fin="fin", duree_s="duree_s", cpu_s="cpu_s", memoire_octets="memoire_octets", objet="objet", description="description" | drop debut="", fin="", duree_s="", cpu_s="", memoire_octets="", objet="", description="" | label_format ligne=\`{{ if eq .etat "INVALID" }}{{ __line__ }}{{ end }}\` | drop ligne=""",
      }
    `));
  test("of a rule", () =>
    expect(queriesAt(/^[^/]+\/[A-Z]$/)).toMatchInlineSnapshot(`
      {
        "1-echec-detecte/A": "sum by (source) (count_over_time({job="kafka-logs", etat="FAILED"} [5m]))",
        "2-taux-echec-eleve/A": "(sum(count_over_time({job="kafka-logs", etat="FAILED"} [15m])) or sum(count_over_time({runs} [15m])) * 0) / sum(count_over_time({runs} [15m]))",
        "3-source-muette/A": "sum by (source) (absent_over_time({runs, source="zohoprojects"} [75m]) * 4500 or absent_over_time({runs, source="zohobooks"} [75m]) * 4500 or absent_over_time({runs, source="zohocrm"} [75m]) * 4500 or absent_over_time({runs, source="PowerBI"} [75m]) * 4500 or absent_over_time({runs, source="Efficy"} [75m]) * 4500 or absent_over_time({runs, source="sharepoint_graph"} [75m]) * 4500 or absent_over_time({runs, source="EasyProjects"} [75m]) * 4500 or (sum by (source) (count_over_time({runs, source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects"} [24h])) unless sum by (source) (count_over_time({runs, source!~"zohoprojects|zohobooks|zohocrm|PowerBI|Efficy|sharepoint_graph|EasyProjects"} [75m]))) * 0 + 4500 or absent_over_time({runs} [75m]) * 4500)",
        "4-latence-degradee/A": "quantile_over_time(0.95, {runs} | json duree_s="duree_s" | unwrap duree_s | __error__="" [15m]) by (source)",
        "5-surconsommation-ressources/A": "max_over_time({runs} | json memoire_octets="memoire_octets" | unwrap memoire_octets | __error__="" [15m]) by (source) or sum by (source) (count_over_time({runs} [15m])) * 0",
        "5-surconsommation-ressources/B": "max_over_time({runs} | json cpu_s="cpu_s" | unwrap cpu_s | __error__="" [15m]) by (source) or sum by (source) (count_over_time({runs} [15m])) * 0",
      }
    `));
  test("that the dashboards share", () => {
    const [first, ...others] = [
      "1-ingestion-health",
      "2-errors-slas",
      "3-performance-resource",
      "4-logs-debugging",
    ].map((uid) =>
      Object.entries(queriesAt(new RegExp(`^${uid}/\\S+ `))).map(([where, expr]) => [
        where.slice(uid.length + 1),
        expr,
      ]),
    );
    for (const other of others) expect(other).toEqual(first);
    expect(Object.fromEntries(first!)).toMatchInlineSnapshot(`
      {
        "annotation Flux refusés": "{job="kafka-rejets"} | json reason="reason", input="input", line="line" | reason=~"(no room for a further stream|Loki refused it: Maximum active stream limit exceeded).*"",
        "annotation Échecs": "{job="kafka-logs", etat="FAILED", …} | json objet="objet", description="description"",
        "variable entreprise": "{job="kafka-logs"}",
        "variable source": "{job="kafka-logs", entreprise=~"$entreprise", zone=~"$zone"}",
        "variable zone": "{job="kafka-logs", entreprise=~"$entreprise"}",
      }
    `);
  });
  test("as it is laid out", () => {
    const laidOut = Object.fromEntries(builtQueries().map(({ where, expr }) => [where, expr]));
    expect(
      ["1-echec-detecte/A", "2-errors-slas/1/B", "2-errors-slas/3/A", "5-surconsommation-ressources/A"]
        .map((where) => laidOut[where])
        .join("\n\n"),
    ).toMatchInlineSnapshot(`
      "sum by (source) (count_over_time({job="kafka-logs", etat="FAILED"} [5m]))

      (
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
      )

      (
        \${__to} - max_over_time(
          {job="kafka-logs", etat=~"SUCCESS|FAILED", entreprise=~"$entreprise", zone=~"$zone", source=~"$source"}
            | label_format ts="{{ __timestamp__ | unixEpochMillis }}"
            | unwrap ts
            | __error__=""
            [24h]
        ) by (source)
      ) / 1000

      max_over_time(
        {job="kafka-logs", etat=~"SUCCESS|FAILED"}
          | json memoire_octets="memoire_octets"
          | unwrap memoire_octets
          | __error__=""
          [15m]
      ) by (source)
      or
      sum by (source) (
        count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [15m])
      ) * 0"
    `);
  });
});

test("every watched threshold", () => {
  expect(
    Object.entries(watches(config)).map(
      ([name, { threshold, plottedBy }]) =>
        `${name}: ${threshold.value} ${threshold.unit}, on ${plottedBy.dashboard}/${plottedBy.panel}`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "failures: 1 locale, on 1-ingestion-health/2",
      "failureRate: 0.02 percentunit, on 2-errors-slas/1",
      "p95: 10 s, on 1-ingestion-health/4",
      "memory: 150000000 decbytes, on 3-performance-resource/3",
      "cpu: 60 s, on 3-performance-resource/3",
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
