import type { Stream } from "../../src/alerting/store.ts";
import { normaliser } from "../../src/producer/judging/normalise.ts";
import { INVALID, type NormalisedRecord } from "../../src/schema.ts";
import { config } from "../support/config.ts";
import { sample, sampleNumbers } from "../support/expected.ts";

type Values = Readonly<Record<string, number>>;
/**
 * Lines of a tenant and the right answers to the panels' queries over the hour before `at` (ms), with steps of an hour:
 * numbers by label, or lines as `state secondsAgo`.
 */
export type Dataset = Readonly<{
  name: string;
  streams: readonly Stream[];
  search: string;
  golden: Readonly<Record<string, Values | readonly string[]>>;
}>;
type Line = Readonly<Partial<Record<keyof NormalisedRecord, unknown>>>;

/** What the dashboards' variables choose; the strangers below are outside of it. */
export const chosen = {
  entreprise: ["akonovia"],
  zone: ["1-Raw", "2-Silver"],
  source: config.sources.expected.map(({ source }) => source),
  etat: ["SUCCESS", "FAILED"],
};

const usual = {
  etat: "SUCCESS",
  source: "Efficy",
  entreprise: "akonovia",
  zone: "1-Raw",
  objet: "contacts",
  fin: "2025-09-05T16:00:00.000000Z",
} as const;
const scaled = (values: Values, factor: number): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value * factor]));

/** A line so many seconds before `at`, under its own labels or others. */
const line =
  (at: number) =>
  (secondsAgo: number, fields: Line, labels: Record<string, string> = {}): Stream => {
    const { etat, source, entreprise, zone } = { ...usual, ...fields } as unknown as Record<string, string>;
    return {
      labels: { job: "kafka-logs", etat: etat!, source: source!, entreprise: entreprise!, zone: zone!, ...labels },
      entries: [[at / 1000 - secondsAgo, JSON.stringify({ ...usual, ...fields })]],
    };
  };

/**
 * Lines that no panel may count: another job, company, zone and source; INVALID ones, which only the tables show; and
 * one before the range.
 */
function strangers(at: number, source: string): Stream[] {
  const huge = { source, duree_s: 5000, cpu_s: 5000, memoire_octets: 5e9, retablissement_s: 5000 };
  const labels = [{ job: "autre" }, { entreprise: "autre" }, { zone: "autre" }, { source: "autre" }];
  return [
    ...labels.flatMap((other) => ["SUCCESS", "FAILED"].map((etat) => line(at)(30, huge, { ...other, etat }))),
    line(at)(30, huge, { etat: INVALID }),
    line(at)(30, huge, { etat: INVALID, job: "autre" }),
    line(at)(7200, { ...huge, etat: "FAILED" }),
    line(at)(7200, huge),
  ];
}

/**
 * The sample, each record at its own end, the newest half a minute ago; its golden values are those of the tests on
 * real services.
 */
function theSample(at: number): Dataset {
  const normalise = normaliser("UTC");
  const records = sample.flatMap((raw) => {
    const result = normalise(Buffer.from(JSON.stringify(raw)));
    return "line" in result ? [JSON.parse(result.line) as NormalisedRecord] : [];
  });
  const ends = records.map(({ fin }) => Date.parse(fin));
  const newest = Math.max(...ends);
  const { "3-performance-resource/2/A": perStep, "3-performance-resource/2/B": perMinute, ...others } = sampleNumbers;
  // Over 15 minutes the sample, spread over its own time, says something else; it has no repair.
  const golden = Object.fromEntries(
    Object.entries(others).filter(([where]) => !/^(1-.*\/4|2-.*\/[12]|3-.*\/3)\//.test(where)),
  );
  return {
    name: "sample",
    streams: [
      ...records.map((record, index) => line(at)(30 + (newest - ends[index]!) / 1000, record)),
      ...strangers(at, "zohoprojects"),
    ],
    search: "eventfacture",
    // Throughput is per 5 minutes and per minute of an hour here, of 5 minutes there.
    golden: {
      ...golden,
      "3-performance-resource/2/A": scaled(perStep!, 1 / 12),
      "3-performance-resource/2/B": scaled(perMinute!, 1 / 12),
    },
  };
}

/**
 * Failures of several sources and zones, a failed run with the largest measures, text for numbers, sources seen hours
 * ago.
 */
function varied(at: number): Dataset {
  const run = line(at);
  const failed = (secondsAgo: number, fields: Line) => run(secondsAgo, { etat: "FAILED", ...fields });
  const raw = { source: "PowerBI" };
  const runs = { Efficy: 5, PowerBI: 6, zohobooks: 2, EasyProjects: 1 };
  const failures = ["FAILED 60", "FAILED 120", "FAILED 180", "FAILED 800", "FAILED 900", "FAILED 1500"];
  const successes = [120, 240, 300, 600, 1200, 1700, 2100, 3000].map((secondsAgo) => `SUCCESS ${secondsAgo}`);
  return {
    name: "varied",
    search: "ZONE",
    streams: [
      run(3000, { duree_s: 1, cpu_s: 1, memoire_octets: 10, retablissement_s: 100 }),
      run(120, { zone: "2-Silver", duree_s: 2, cpu_s: 2, memoire_octets: 20, retablissement_s: 201 }),
      failed(800, { duree_s: 100, cpu_s: 50, memoire_octets: 900, retablissement_s: 9999 }),
      failed(180, {}),
      failed(60, { zone: "2-Silver" }),
      run(1700, { ...raw, duree_s: 4, cpu_s: 0.9, memoire_octets: 90 }),
      run(1200, { ...raw, duree_s: 5, cpu_s: 0.5, memoire_octets: 50 }),
      run(600, { ...raw, duree_s: 6, cpu_s: 0.6, memoire_octets: 60, retablissement_s: 1200.25 }),
      run(300, { ...raw, duree_s: "lent", cpu_s: "beaucoup", memoire_octets: "trop" }),
      run(240, { ...raw, duree_s: 7, cpu_s: 0.7, memoire_octets: 70 }),
      failed(900, raw),
      failed(1500, { source: "zohobooks" }),
      failed(120, { source: "zohobooks", zone: "2-Silver" }),
      run(2100, { source: "EasyProjects", duree_s: 3, cpu_s: 0.3, memoire_octets: 30 }),
      run(13 * 3600, { source: "zohocrm" }),
      run(30 * 3600, { source: "zohoprojects" }),
      ...strangers(at, "Efficy"),
    ],
    golden: {
      "1-ingestion-health/1/A": { "": 8 },
      "1-ingestion-health/2/A": { "": 6 },
      "1-ingestion-health/2/B": { Efficy: 3, PowerBI: 1, zohobooks: 2 },
      "1-ingestion-health/3/A": { "": 6 / 14 },
      "1-ingestion-health/4/A": { Efficy: 95.1, PowerBI: 6.95 },
      "1-ingestion-health/5/A": { "": 900 },
      "1-ingestion-health/6/A": { SUCCESS: 8, FAILED: 6 },
      "1-ingestion-health/7/A": runs,
      "1-ingestion-health/7/B": { Efficy: 0.4, PowerBI: 5 / 6, zohobooks: 0, EasyProjects: 1 },
      "1-ingestion-health/7/C": { Efficy: 90.2, PowerBI: 6.85, EasyProjects: 3 },
      "1-ingestion-health/8/A": [...failures, "INVALID 30"],
      "1-ingestion-health/annotation Échecs": failures,
      "4-logs-debugging/1/A": [...failures, ...successes],
      "2-errors-slas/1/A": { "": 4 / 8 },
      "2-errors-slas/1/B": { Efficy: 0.75, PowerBI: 0, zohobooks: 1 },
      "2-errors-slas/2/A": { "": 1501.25 / 3 },
      "2-errors-slas/2/B": { Efficy: 150.5, PowerBI: 1200.25 },
      "2-errors-slas/3/A": { Efficy: 60, PowerBI: 240, zohobooks: 120, EasyProjects: 2100, zohocrm: 46_800 },
      "3-performance-resource/1/A": { "": 4.5 },
      "3-performance-resource/1/B": { "": 67.45 },
      "3-performance-resource/1/C": { "": 93.49 },
      "3-performance-resource/2/A": scaled(runs, 1 / 12),
      "3-performance-resource/2/B": scaled(runs, 1 / 60),
      "3-performance-resource/3/A": { Efficy: 50, PowerBI: 0.7 },
      "3-performance-resource/3/B": { Efficy: 900, PowerBI: 70 },
    },
  };
}

/** One run, well before the last five minutes and in the last 15. */
const single = (at: number, name: string, etat: "SUCCESS" | "FAILED", golden: Dataset["golden"]): Dataset => ({
  name,
  search: "",
  streams: [line(at)(600, { etat })],
  golden,
});

/** The datasets that the panels' queries are held against. */
export const datasets = (at: number): Dataset[] => [
  theSample(at),
  varied(at),
  single(at, "none failed", "SUCCESS", {
    "1-ingestion-health/2/A": { "": 0 },
    "1-ingestion-health/2/B": {},
    "1-ingestion-health/3/A": { "": 0 },
    "2-errors-slas/1/A": { "": 0 },
    "2-errors-slas/1/B": { Efficy: 0 },
    "2-errors-slas/3/A": { Efficy: 600 },
  }),
  single(at, "all failed", "FAILED", {
    "1-ingestion-health/1/A": { "": 0 },
    "1-ingestion-health/3/A": { "": 1 },
    "1-ingestion-health/7/B": { Efficy: 0 },
    "2-errors-slas/1/A": { "": 1 },
    "2-errors-slas/1/B": { Efficy: 1 },
  }),
];
