import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { s3Environment } from "../../../src/stack/s3-environment.ts";
import { rawLine } from "../../producer/records.ts";
import { builtQueries } from "../../support/built.ts";
import { SAMPLE, sample, sampleNumbers, sampleValues } from "../../support/expected.ts";
import { closeTo, expectLines, ofLines, unanswered } from "../../support/golden.ts";
import { ingest } from "../../support/ingest.ts";
import { send } from "../../support/kafka.ts";
import { askBuilt, type Line, lines, metric, waitForCount } from "../../support/loki.ts";
import { s3Client } from "../../support/s3.ts";

const { lokiUrl, kafkaBrokers, s3Url, s3 } = inject("stack");
const env = { KAFKA_BROKERS: kafkaBrokers, ...s3Environment(s3Url, s3) };
const bucket = "my12data";
const client = s3Client({ s3Url, s3 });
const upload = (Key: string, Body: string | Buffer) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));

const queries = builtQueries();
const query = (where: string) => queries.find((found) => found.where === where)!;
const numbers = async (where: string, at = Date.now()) =>
  (await askBuilt(lokiUrl, query(where), { at })) as Record<string, number>;
const allRecords = 'sum(count_over_time({job="kafka-logs"} [6h]))';

const outcome = (status: number, summary: string) => ({ status, stdout: expect.stringContaining(summary) });

let started: number;
beforeAll(async () => {
  started = Date.now();
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await upload("logs.json", readFileSync(SAMPLE));
});

describe("the sample, from S3 to Loki", () => {
  let arrived: number;

  test("ingest delivers all 72 records", async () => {
    const run = await ingest(["--from", `s3://${bucket}/logs.json`], env);
    expect(run).toMatchObject(outcome(0, "72 read · 72 sent (71 SUCCESS, 1 FAILED) · 0 rejected"));
    await waitForCount(lokiUrl, allRecords, 72);
    arrived = Date.now();
    expect(await metric(lokiUrl, allRecords, arrived)).toEqual({ "": 72 });
  });

  test("no generated query is without an expected answer", () => {
    expect(unanswered()).toEqual([]);
  });

  test.each(Object.keys(sampleNumbers))("%s", async (where) => {
    expect(await numbers(where, arrived)).toEqual(closeTo(sampleNumbers[where]!));
  });

  test("freshness: every source is as old as its arrival", async () => {
    const ages = await numbers("2-errors-slas/3/A", arrived);
    expect(Object.keys(ages).sort()).toEqual(sampleValues.source);
    for (const age of Object.values(ages)) expect(age * 1000).toBeLessThanOrEqual(arrived - started);
    for (const age of Object.values(ages)) expect(age).toBeGreaterThan(0);
  });

  test.each(queries.filter(({ asked }) => asked === "values"))("$where", async (variable) => {
    expect(await askBuilt(lokiUrl, variable, { at: arrived })).toEqual(sampleValues[variable.label!]);
  });

  test.each(ofLines())("$where", async (built) => {
    expectLines((await askBuilt(lokiUrl, built, { at: arrived })) as Line[], built.where);
  });

  test("a dashboard's choice of sources and its search box narrow the answers", async () => {
    const chosen = {
      at: arrived,
      variables: { source: ["sharepoint_graph", "zohobooks"], entreprise: ["akonovia"], zone: ["1-Raw"] },
    };
    const { sharepoint_graph, zohobooks } = sampleNumbers["1-ingestion-health/7/A"]!;
    expect(await askBuilt(lokiUrl, query("1-ingestion-health/7/A"), chosen)).toEqual({ sharepoint_graph, zohobooks });
    const found = (search: string) => askBuilt(lokiUrl, query("4-logs-debugging/1/A"), { at: arrived, search });
    expect(await found("event.facture")).toEqual([]);
    expect(await found("EVENTfacture")).toHaveLength(
      sample.filter((record) => /eventfacture/i.test(JSON.stringify(record))).length,
    );
  });

  test("a measure that a run does not have is absent from the tables, not 0", async () => {
    const found = (await askBuilt(lokiUrl, query("4-logs-debugging/1/A"), { at: arrived })) as Line[];
    const failure = found.find(({ labels }) => labels.etat === "FAILED")!;
    for (const measure of ["duree_s", "cpu_s", "memoire_octets"]) expect(failure.labels).not.toHaveProperty(measure);
    for (const { labels } of found) for (const value of Object.values(labels)) expect(value).not.toBe("");
  });

  test("a stored line is the normalised record, byte for byte", async () => {
    const [failure] = await lines(lokiUrl, '{job="kafka-logs", etat="FAILED"}', started, Date.now());
    const raw = sample.find(({ Etat }) => Etat === "FAILED")!;
    const iso = (local: unknown) => String(local).replace(/^(\d\d)-(\d\d)-(\d{4}) (.*)$/, "$3-$2-$1T$4Z");
    expect(failure!.line).toBe(
      JSON.stringify({
        etat: "FAILED",
        source: raw.Source,
        entreprise: raw.Entreprise,
        zone: raw.Zone,
        objet: raw.Objet,
        objet_id: raw.Objet_Id,
        transformation: raw.Transformation,
        parametres: raw.Parametres,
        sequence: raw.No_Sequence,
        debut: iso(raw.Debut),
        fin: iso(raw.Fin),
        description: raw.Description,
      }),
    );
  });
});

describe("what follows the sample", () => {
  const record = (fields: Record<string, unknown>) => rawLine({ Source: "Efficy", Objet: "contacts", ...fields });

  test("failures are repaired within a file and across runs; bad records are rejected alone", async () => {
    const batch = [
      // The repair of the sample's failure, 20 minutes and a quarter of a second later.
      record({
        Source: "sharepoint_graph",
        Objet: "EventFactureApplication",
        Fin: plus(String(sample.find(({ Etat }) => Etat === "FAILED")!.Fin), 1200.25),
      }),
      record({ Etat: "FAILED", Fin: "05-09-2025 18:00:00" }),
      record({ Etat: "FAILED", Fin: "05-09-2025 18:01:00" }),
      record({ Fin: "05-09-2025 18:02:30.5" }),
      record({ Fin: "05-09-2025 18:03:00" }),
      '{"truncated": ',
      record({ Etat: "DONE", Fin: "05-09-2025 18:04:00" }),
    ].join("\n");
    const run = await ingest(["--from", "-"], env, batch);
    expect(run).toMatchObject(outcome(2, "7 read · 5 sent (3 SUCCESS, 2 FAILED) · 2 rejected"));
    await waitForCount(lokiUrl, allRecords, 77);
    expect(await numbers("2-errors-slas/2/B")).toEqual(closeTo({ sharepoint_graph: 1200.25, Efficy: 150.5 }));
    expect(await numbers("2-errors-slas/2/A")).toEqual(closeTo({ "": (1200.25 + 150.5) / 2 }));
    await waitForCount(lokiUrl, 'sum(count_over_time({job="kafka-rejets"} [1h]))', 2);
    const rejects = await lines(lokiUrl, '{job="kafka-rejets"}', started, Date.now());
    expect(rejects.map(({ line }) => JSON.parse(line))).toEqual([
      expect.objectContaining({ line: 6, record: '{"truncated": ' }),
      expect.objectContaining({
        line: 7,
        record: expect.stringContaining("DONE"),
        reason: expect.stringContaining("DONE"),
      }),
    ]);
  });

  test("a message that is no valid record is kept as INVALID, and is no run", async () => {
    const before = await numbers("1-ingestion-health/7/A");
    const good = { etat: "SUCCESS", source: "Efficy", entreprise: "akonovia", zone: "1-Raw" };
    const values = [
      "not json",
      JSON.stringify({ ...good, etat: "WEIRD" }),
      JSON.stringify({ ...good, source: undefined }),
      "[1]",
      '{"etat":"SUCCESS","source":"Eff',
      "",
    ];
    const messages = values.map((value) => ({ key: "x", value }));
    await send(kafkaBrokers, "ingestion-logs", messages);
    await waitForCount(lokiUrl, 'sum(count_over_time({job="kafka-logs", etat="INVALID"} [1h]))', values.length);
    const found = await lines(lokiUrl, '{job="kafka-logs", etat="INVALID"}', started, Date.now());
    expect(found.map(({ line }) => line).sort()).toEqual([...values].sort());
    expect(await numbers("1-ingestion-health/7/A")).toEqual(before);
    const errors = (await askBuilt(lokiUrl, query("1-ingestion-health/8/A"), { at: Date.now() })) as Line[];
    expect(errors.map(({ labels }) => labels.etat).sort()).toEqual([
      ...Array(3).fill("FAILED"),
      ...Array(6).fill("INVALID"),
    ]);
  });

  test("a prefix of S3 with a plain and a compressed object is read in the order of the keys", async () => {
    await upload("lot/1.json", record({ Etat: "FAILED", Objet: "prefix", Fin: "05-09-2025 19:00:00" }));
    await upload("lot/2.json.gz", gzipSync(record({ Objet: "prefix", Fin: "05-09-2025 19:00:10" })));
    const run = await ingest(["--from", `s3://${bucket}/lot/`], env);
    expect(run).toMatchObject(outcome(0, "2 read · 2 sent (1 SUCCESS, 1 FAILED) · 0 rejected"));
    await waitForCount(lokiUrl, 'sum(count_over_time({job="kafka-logs"} |= `"retablissement_s":10` [1h]))', 1);
  });

  test("a month-old file is stored whole beside fresh lines of the same sources", async () => {
    const day = 86_400_000;
    const oldest = Date.now() - 32 * day;
    const local = (ms: number) => new Date(ms).toISOString().replace(/^(\d{4})-(\d\d)-(\d\d)T(.*)Z$/, "$3-$2-$1 $4");
    // Two and a half days in no order at all, one record every 12 minutes.
    const history = Array.from({ length: 300 }, (_, index) =>
      record({ Objet: `h${index}`, Fin: local(oldest + ((index * 7) % 300) * 720_000) }),
    );
    const run = await ingest(["--from", "-", "--timestamps", "event", "--load", "histoire"], env, history.join("\n"));
    expect(run).toMatchObject(outcome(0, "300 read · 300 sent (300 SUCCESS, 0 FAILED) · 0 rejected"));
    const counted = 'count_over_time({job="kafka-logs", lot=~"histoire-.*"} [5d])';
    const stored = async () => {
      await fetch(`${lokiUrl}/flush`, { method: "POST" });
      return (await metric(lokiUrl, `sum(${counted})`, oldest + 4 * day))[""] ?? 0;
    };
    await expect.poll(stored, { timeout: 90_000, interval: 3000 }).toBe(300);
    const perDay = await metric(lokiUrl, `sum by (lot) (${counted})`, oldest + 4 * day);
    const expected: Record<string, number> = {};
    for (let index = 0; index < 300; index++) {
      const lot = `histoire-${new Date(oldest + index * 720_000).toISOString().slice(0, 10)}`;
      expected[lot] = (expected[lot] ?? 0) + 1;
    }
    expect(perDay).toEqual(expected);
  });
});

describe("what goes wrong is said in one sentence", () => {
  test.each([
    ["a missing bucket", ["--from", "s3://no-such-bucket/logs.json"], {}, /no-such-bucket/],
    ["a missing key", ["--from", `s3://${bucket}/missing.json`], {}, /missing\.json/],
    ["an empty prefix", ["--from", `s3://${bucket}/nothing/`], {}, /nothing/],
    [
      "missing credentials",
      ["--from", `s3://${bucket}/logs.json`],
      { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      /credentials/i,
    ],
    [
      "wrong credentials",
      ["--from", `s3://${bucket}/logs.json`],
      { AWS_SECRET_ACCESS_KEY: "wrong" },
      /credentials|denied|signature/i,
    ],
    [
      "an unreachable S3",
      ["--from", `s3://${bucket}/logs.json`],
      { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" },
      /127\.0\.0\.1:1/,
    ],
    ["an unreachable Kafka", ["--from", SAMPLE], { KAFKA_BROKERS: "127.0.0.1:1" }, /127\.0\.0\.1:1/],
  ])("%s", async (_, args, changed, sentence) => {
    const run = await ingest(args, { ...env, ...changed });
    expect(run.status).toBe(1);
    expect(run.stderr.trim().split("\n")).toEqual([expect.stringMatching(sentence)]);
    expect(run.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });
});

/** A local time of the raw file, so many seconds later the same day. */
function plus(local: string, seconds: number): string {
  const [day, time] = local.split(" ") as [string, string];
  const [h, m, s] = time.split(":").map(Number) as [number, number, number];
  const later = (h * 60 + m) * 60 + s + seconds;
  const part = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${day} ${part(later / 3600)}:${part((later / 60) % 60)}:${(later % 60).toFixed(6).padStart(9, "0")}`;
}
