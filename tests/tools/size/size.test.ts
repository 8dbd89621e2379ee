import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { days } from "../../../src/core/units.ts";
import { parse as parseQuery } from "../../../src/logql/parse/parse.ts";
import { print as printQuery } from "../../../src/logql/print.ts";
import { rulesInstead } from "../../../src/tools/size/alerts.ts";
import { costs } from "../../../src/tools/size/costs.ts";
import type { Load } from "../../../src/tools/size/load.ts";
import { panelCosts, panelsOf, unmeasured } from "../../../src/tools/size/panels.ts";
import { fits, queries, ruleQueries, secondsOf } from "../../../src/tools/size/queries.ts";
import { ruleGroup, rules } from "../../../src/tools/size/recording.ts";
import { settingsToRaise } from "../../../src/tools/size/settings.ts";
import { sizeOf } from "../../../src/tools/size/size.ts";
import { scale } from "../../../src/tools/size/table.ts";
import { rules as builtRules, dashboards } from "../../support/built.ts";
import { sampleStreams } from "../../support/sample-streams.ts";

const root = join(import.meta.dirname, "../../..");
const document = (name: string) => readFileSync(join(root, "docs", name), "utf8");
const sized = (load: Partial<Load>) =>
  sizeOf({ recordsPerDay: 1e8, sources: 300, retention: days(92), peak: 10, ...load }, config);

describe("the costs are those of the documents", () => {
  const cells = (name: string, first: string) => {
    const line = document(name)
      .split("\n")
      .find((text) => text.startsWith(`| ${first} |`));
    if (!line) throw new Error(`${name} has no row "${first}"`);
    return line.split("|").map((cell) => cell.trim());
  };
  const numberIn = (cell: string | undefined) => Number.parseFloat((cell ?? "").replaceAll(",", ""));

  test("of the pipeline", () => {
    expect(numberIn(cells("pipeline.md", "kcat -P")[3])).toBe(costs.brokerRate.value);
    expect(numberIn(cells("pipeline.md", "producer, local file")[3])).toBe(costs.producerRate.value);
    const forwarder = cells("pipeline.md", "forwarder");
    expect(numberIn(forwarder[2])).toBe(costs.forwarderRate.value);
    expect(numberIn(forwarder[4])).toBe(costs.lokiCpu.value * 1e6);
    expect(numberIn(cells("pipeline.md", "chunks")[2])).toBe(costs.chunkRecord.value);
    expect(numberIn(cells("pipeline.md", "wal")[2])).toBe(costs.walRecord.value);
    expect(document("pipeline.md")).toContain(`${costs.kafkaRecord.value} bytes a record`);
  });

  test.each([
    ["failures (panel, rule 1)", [queries.failures, ruleQueries["1-echec-detecte"]]],
    ["runs, by state or source", [queries.runs]],
    ["failure rate, quality, rule 2", [queries.rate, ruleQueries["2-taux-echec-eleve"]]],
    ["duration centiles", [queries.centiles, ruleQueries["4-latence-degradee"]]],
    ["largest CPU and memory, rule 5", [queries.resources, ruleQueries["5-surconsommation-ressources"]]],
    ["time to repair", [queries.repair]],
    ["freshness (24 h)", [queries.freshness]],
    ["silence, rule 3", [ruleQueries["3-source-muette"]]],
    ["debugging table, last errors", [queries.table, queries.errors]],
  ])("of the query %s: the upper end of what was seen", (name, expected) => {
    const seen = cells("alerts.md", name)[2]!
      .split(",")
      .map((part) => Number(part.replaceAll(" ", "").split("–").at(-1)));
    expect(seen).toEqual(expected.map((query) => Math.round(query.seconds * 1000)));
  });

  test("of the sample: its normalised line, and its one failure", async () => {
    const lines = (await sampleStreams(0)).flatMap(({ entries }) => entries.map(([, line]) => line));
    const lengths = lines.map((line) => Buffer.byteLength(line));
    expect(Math.round(lengths.reduce((sum, length) => sum + length, 0) / lengths.length)).toBe(costs.line.value);
    const raw = readFileSync(join(root, "samples/logs.jsonl"), "utf8").trim().split("\n");
    expect([raw.filter((line) => line.includes('"Etat":"FAILED"')).length, raw.length]).toEqual([
      1,
      1 / costs.failedShare.value,
    ]);
  });
});

describe("a hundred million records a day from 300 sources", () => {
  const { mean, peak, kafka, loki, slowest, tooSlow, rulesTooSlow } = sized({});
  test("come at 1 157 records a second, and at ten times that", () => {
    expect(mean).toBeCloseTo(1157.4, 1);
    expect(peak).toBeCloseTo(11_574, 0);
  });

  test("in Kafka: three brokers and partitions, three days of the busiest partition", () => {
    // 48.4 GB a day; the busiest of three partitions has two thirds; three days of it.
    expect(kafka).toMatchObject({
      brokers: 3,
      partitions: 3,
      forwarders: 2,
      bytesPerDay: 48.4e9,
      retentionBytes: 96.8e9,
    });
  });

  test("in Loki: two streams a source and the rejects, chunks of 1.5 MiB, 92 days", () => {
    expect(loki).toMatchObject({ streams: 601, bytesPerDay: 8.1e9, replicas: 3 });
    expect(loki.stored).toBeCloseTo(8.1e9 * 92, -6);
    // 98.6 % of the bytes in full chunks; the failed lines of a source close one every two days at least.
    const full = (8.1e9 * 71) / 72 / 1_572_864;
    const failed = Math.max(300 * 0.5, 8.1e9 / 72 / 1_572_864);
    expect(loki.chunksPerDay).toBeCloseTo(full + failed, 0);
  });

  test("freshness takes 209 s, and eight panels more than Loki's 30 s", () => {
    expect(slowest).toEqual({ name: "freshness, over 24 h", seconds: 209 });
    expect(tooSlow.map(({ name }) => name.split(" ")[0])).toEqual([
      "1-ingestion-health/3",
      "1-ingestion-health/4",
      "1-ingestion-health/5",
      "1-ingestion-health/7",
      "2-errors-slas/1",
      "2-errors-slas/3",
      "3-performance-resource/1",
      "3-performance-resource/3",
    ]);
    expect(rulesTooSlow).toEqual([]);
  });
});

describe("other loads", () => {
  test("records that come rarer than every half hour each make a chunk", () => {
    // Seven sources, 10 runs a day each: one in 72 failed.
    expect(sized({ recordsPerDay: 70, sources: 7 }).loki.chunksPerDay).toBeCloseTo(70, 6);
  });

  test("few sources may all meet in one partition, which then keeps everything", () => {
    expect(sized({ sources: 7 }).kafka.retentionBytes).toBe(3 * 48.4e9);
  });

  test("never less than the configuration keeps", () => {
    expect(sized({ recordsPerDay: 1000, sources: 7 }).kafka.retentionBytes).toBe(config.kafka.retentionBytes);
  });

  test("a busier moment takes more partitions, a multiple of the brokers", () => {
    // 1 157 records/s × 100 ÷ 27 802 = 4.2: five forwarders, and six partitions.
    expect(sized({ peak: 100 }).kafka).toMatchObject({ forwarders: 5, partitions: 6 });
  });

  test("settings that are too small are named with what they must be", () => {
    const named = (load: Partial<Load>) =>
      settingsToRaise(sized(load), config).map(({ name, needed }) => `${name} ${needed}`);
    expect(named({ recordsPerDay: 1e5, sources: 7 })).toEqual([]);
    expect(named({ recordsPerDay: 1e5, sources: 2500 })).toEqual([
      "producer.maxSources 2500",
      "producer.maxLabelSets 2500",
      "producer.maxStreams 5000",
    ]);
    // 115 741 records/s × 20 ÷ 10 × 413 bytes are 91.2 MiB a second.
    expect(named({ recordsPerDay: 1e9, peak: 20 })).toContain("ingestion_rate_mb of src/services/loki.ts 92");
  });
});

describe("the panels", () => {
  const built = dashboards.flatMap(({ uid, panels }) => panels.map(({ id }) => `${uid}/${id}`));
  const builtUids = builtRules.map(({ uid }) => uid);

  test("and rules that were measured are built ones; the others are named", () => {
    expect(built).toEqual(expect.arrayContaining(Object.keys(panelCosts)));
    expect(builtUids).toEqual(expect.arrayContaining(Object.keys(ruleQueries)));
    expect(Object.keys(rulesInstead)).toEqual(Object.keys(ruleQueries));
    const measured = [...Object.keys(panelCosts), ...Object.keys(ruleQueries).map((name) => `rule ${name}`)];
    const left = [...built, ...builtUids.map((uid) => `rule ${uid}`)].filter((name) => !measured.includes(name));
    expect(unmeasured(config).map((name) => name.replace(/^(\S+\/\d+) .*/, "$1"))).toEqual(left);
    const more = { ...config, rules: { ...config.rules, "6-nouvelle": config.rules["3-source-muette"] } };
    expect(unmeasured(more)).toEqual([...unmeasured(config), "rule 6-nouvelle"]);
  });

  test("each that outgrows Loki within a thousand million records a day names its recording rules, which exist", () => {
    for (const { query, instead, name } of panelsOf(config)) {
      if (fits(query, 1e9)) continue;
      expect([name, instead?.rules.length]).not.toEqual([name, undefined]);
      for (const rule of instead!.rules) {
        expect(Object.keys(rules)).toContain(rule);
        expect(instead!.promql).toContain(rule);
      }
    }
  });

  test("what Loki stops at 1 000 lines does not grow", () =>
    expect(secondsOf(queries.table, 1e9)).toBe(secondsOf(queries.table, 1e3)));
});

test("every recording rule is a query that the engine reads, over the interval of its group", () => {
  const [group] = ruleGroup().groups;
  expect(group!.interval).toBe("5m");
  for (const { record, expr } of group!.rules) {
    expect(printQuery(parseQuery(expr))).toBe(expr);
    expect([record, /\[5m\]/.test(expr), expr.includes("$")]).toEqual([record, true, false]);
  }
});

test("docs/scale.md holds the tables that the code gives; if this fails, put there what npm run size -- --table prints", () => {
  const [, generated] = /<!-- scale: .*? -->\n\n([\s\S]*)\n\n<!-- end of scale -->/.exec(document("scale.md")) ?? [];
  expect(generated).toBe(scale(config));
});
