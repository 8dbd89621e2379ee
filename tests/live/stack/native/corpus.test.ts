import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../../../src/config.ts";
import { minutes } from "../../../../src/core/units.ts";
import { s3Listing } from "../../../../src/producer/inputs/s3/listing.ts";
import { silence } from "../../../../src/queries/metrics.ts";
import { print } from "../../../../src/queries/print.ts";
import { kafkaServices, nativeCollector, nativeHolder } from "../../../../src/stack/chosen.ts";
import { s3Environment } from "../../../../src/stack/s3-environment.ts";
import { record } from "../../../producer/corpus/case.ts";
import { corpus, messagesFor, rejects } from "../../../producer/corpus/index.ts";
import { oddKeys } from "../../../producer/corpus/keys.ts";
import { oddLabels } from "../../../producer/corpus/labels.ts";
import { messages, tooLong } from "../../../producer/corpus/messages.ts";
import { builtQueries, substitute } from "../../../support/built.ts";
import { ingest, type Run } from "../../../support/ingest.ts";
import { send } from "../../../support/kafka.ts";
import { askBuilt, lines, metric, waitForCount } from "../../../support/loki.ts";
import { metricsAt } from "../../../support/metrics.ts";
import { stackOfFile } from "../../../support/own-stack.ts";
import { s3Client } from "../../../support/s3.ts";

const bucket = "corpus";
const total = (of: (found: (typeof corpus)[number]) => number) => corpus.reduce((sum, found) => sum + of(found), 0);
const accepted = total((found) => found.accepted);
const rejected = total(rejects);
const rejectCount = total((found) => messagesFor(rejects(found)));
const env: Record<string, string> = {};
const carrier = nativeCollector({ ...process.env, COLLECTOR: "" });
const stack = stackOfFile([...kafkaServices(), nativeHolder(process.env), carrier, "s3"]);
let started: number;
let upload: (key: string, body: string | Buffer) => Promise<unknown>;

beforeAll(async () => {
  started = Date.now();
  Object.assign(env, { KAFKA_BROKERS: stack.kafkaBrokers, ...s3Environment(stack.s3Url, stack.s3) });
  const client = s3Client(stack);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  upload = (Key, Body) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
});

const countBy = async (field: string, query: string) =>
  metric(stack.lokiUrl, `sum by (${field}) (count_over_time(${query} [6h]))`, Date.now());
const counted = (values: Iterable<readonly [string, number]>) =>
  Object.fromEntries([...values].filter(([, count]) => count > 0));

describe("every malformed file, from S3 to Loki", () => {
  let run: Run;

  test("the producer reads all of them, and tells each that it cannot read to its end", async () => {
    for (const { marker, file } of corpus) await upload(`files/${marker}`, file(marker));
    run = await ingest(["--from", `s3://${bucket}/files/`], env);
    expect(run.status).toBe(1);
    const faulty = corpus.filter(({ error }) => error !== undefined);
    const faults = run.stderr
      .trim()
      .split("\n")
      .filter((line) => !/^\d+ read · /.test(line));
    expect(faults.map((line) => /s3:\/\/corpus\/files\/(\S+) /.exec(line)?.[1])).toEqual(
      faulty.map(({ marker }) => marker),
    );
    expect(run.stdout).toMatch(
      new RegExp(
        `^${accepted + rejected} read · ${accepted} sent \\(${accepted} SUCCESS, 0 FAILED\\) · ${rejected} rejected\\n$`,
      ),
    );
  });

  test("every accepted record is in Loki, once, under its file's marker", async () => {
    await waitForCount(stack.lokiUrl, 'sum(count_over_time({job="kafka-logs"} [6h]))', accepted, 120);
    const found = await countBy("objet", '{job="kafka-logs"} | json objet="objet"');
    expect(found).toEqual(counted(corpus.map(({ marker, accepted }) => [marker, accepted])));
  });

  test("every rejected one is there with its reason, once, under its file's address", async () => {
    await waitForCount(stack.lokiUrl, 'sum(count_over_time({job="kafka-rejets"} [6h]))', rejectCount, 120);
    const found = await countBy("input", '{job="kafka-rejets"} | json input="input", reason="reason" | reason!=""');
    expect(found).toEqual(
      counted(corpus.map((each) => [`s3://${bucket}/files/${each.marker}`, messagesFor(rejects(each))])),
    );
  });

  test("and Loki refused none", async () => {
    expect(await discarded()).toEqual({});
  });
});

describe("objects with odd names", () => {
  test("each is read once, by its prefix and by its own address", async () => {
    const named = oddKeys.map((key, index) => ({ key, marker: `key-${String(index).padStart(2, "0")}` }));
    for (const { key, marker } of named) await upload(`odd/${key}`, `${record(marker)}\n{}\n`);
    const run = await ingest(["--from", `s3://${bucket}/odd/`], env);
    expect(run).toMatchObject({
      status: 2,
      stdout: `${2 * named.length} read · ${named.length} sent (${named.length} SUCCESS, 0 FAILED) · ${named.length} rejected\n`,
    });
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    for (const { key, marker } of named) {
      const [input] = await (await s3Listing(`s3://${bucket}/odd/${key}`))();
      expect(Buffer.concat(await (await input!.open()).toArray()).toString(), key).toContain(marker);
    }
    vi.unstubAllEnvs();
    await waitForCount(stack.lokiUrl, 'sum(count_over_time({job="kafka-logs"} |= `"key-` [6h]))', named.length);
    await waitForCount(
      stack.lokiUrl,
      'sum(count_over_time({job="kafka-rejets"} |= `s3://corpus/odd/` [6h]))',
      named.length,
    );
    expect(await countBy("objet", '{job="kafka-logs"} |= `"key-` | json objet="objet"')).toEqual(
      counted(named.map(({ marker }) => [marker, 1])),
    );
    const oddRejects = await lines(stack.lokiUrl, '{job="kafka-rejets"} |= `s3://corpus/odd/`', started, Date.now());
    expect(oddRejects.map(({ line }) => JSON.parse(line).input).sort()).toEqual(
      named.map(({ key }) => `s3://${bucket}/odd/${key}`).sort(),
    );
  });
});

describe("odd messages, put straight into Kafka", () => {
  const sent = messages.map((message, index) => ({ ...message, marker: `message-${String(index).padStart(2, "0")}` }));

  test("each is in Loki once, as a record or as INVALID, under labels that are no code", async () => {
    const before = Number(
      (await metric(stack.lokiUrl, 'sum(count_over_time({job="kafka-logs"} [6h]))', Date.now()))[""],
    );
    // A tombstone and an empty message have no marker: the count tells that they arrived too.
    const bare = [null, Buffer.alloc(0), Buffer.from(" ")];
    await send(stack.kafkaBrokers, "ingestion-logs", [
      ...sent.map(({ value, marker }) => ({ value: value(marker) })),
      ...bare.map((value) => ({ value })),
    ]);
    await waitForCount(
      stack.lokiUrl,
      'sum(count_over_time({job="kafka-logs"} [6h]))',
      before + sent.length + bare.length,
    );
    const found = await lines(stack.lokiUrl, '{job="kafka-logs"} |= `message-`', started, Date.now());
    const seen = sent.map(({ name, marker }) => ({
      name,
      found: found
        .filter(({ line }) => line.includes(marker))
        .map(({ labels: { etat, source } }) => (etat === "INVALID" ? { etat } : { etat, source })),
    }));
    expect(seen).toEqual(
      sent.map(({ name, etat, source }) => ({
        name,
        found: [{ etat, ...(source !== undefined && { source }) }],
      })),
    );
    for (const { marker, value } of sent) {
      const text = value(marker);
      if (text.toString("utf8").includes("\ufffd")) continue;
      expect(found.find(({ line }) => line.includes(marker))!.line).toBe(text.toString("utf8"));
    }
    const blank = await lines(stack.lokiUrl, '{job="kafka-logs", etat="INVALID"} |~ `^\\s*$`', started, Date.now());
    expect(blank.map(({ line }) => line).sort()).toEqual(["", "", " "]);
  });

  test("Loki refused none of them; what is longer than Loki takes is counted by Loki, and costs no other line", async () => {
    expect(await discarded()).toEqual({});
    const messages = [...tooLong, "not too long"].map((value) => ({ key: "x", value }));
    await send(stack.kafkaBrokers, "ingestion-logs", messages);
    // Loki counts a label that is too long under two reasons.
    await expect
      .poll(discarded, { timeout: 30_000 })
      .toEqual({ line_too_long: 1, label_value_too_long: 1, invalid_labels: 1 });
    await waitForCount(stack.lokiUrl, 'sum(count_over_time({job="kafka-logs"} |= `not too long` [6h]))', 1);
  });
});

describe("a label that looks like code selects its own records and no others", () => {
  const queries = builtQueries();
  const perSource = queries.find(({ where }) => where === "1-ingestion-health/7/A")!;
  const table = queries.find(({ where }) => where === "4-logs-debugging/1/A")!;
  const labels = [
    ...Object.values(oddLabels),
    ...messages.flatMap(({ name, source }) => (name.startsWith("label: ") && source ? [source] : [])),
  ];

  test.each([...new Set(labels)].map((label) => ({ label: JSON.stringify(label).slice(0, 60), source: label })))(
    "$label",
    async ({ source }) => {
      const at = Date.now();
      const all = await metric(
        stack.lokiUrl,
        'sum by (source) (count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"} [1h]))',
        at,
      );
      expect(Object.keys(all)).toContain(source);
      const chosen = { at, variables: { source: [source] } };
      expect(await askBuilt(stack.lokiUrl, perSource, chosen)).toEqual({ [source]: all[source] });
      const found = (await askBuilt(stack.lokiUrl, table, chosen)) as Awaited<ReturnType<typeof lines>>;
      expect(found).toHaveLength(all[source]!);
      expect(new Set(found.map(({ labels }) => labels.source))).toEqual(new Set([source]));
      // The same in a rule, which knows its sources from the configuration: this one runs, another one is silent.
      const silent = print(
        silence({ ...config.sources, expected: [{ source }, { source: `${source}?` }], retired: [] }),
      );
      const silentSources = await metric(stack.lokiUrl, silent, at);
      expect(Object.entries(silentSources)).toContainEqual([`${source}?`, minutes(75).value]);
      expect(Object.keys(silentSources)).not.toContain(source);
    },
  );

  test("a double quote, if one ever got through, would be code: that is why none does", () => {
    const query = substitute(perSource.expr, { variables: { source: ['x"} or {job=~".+'] } });
    expect(query).toContain('source=~"x"');
    const stored = Object.values(oddLabels);
    expect(stored.filter((label) => /["\n\0\uFFFD]|\$__/.test(label))).toEqual([]);
  });

  test("no label in Loki holds one", async () => {
    for (const label of ["source", "entreprise", "zone"]) {
      const { data } = (await (await fetch(`${stack.lokiUrl}/loki/api/v1/label/${label}/values?since=6h`)).json()) as {
        data: string[];
      };
      expect(data.length).toBeGreaterThan(0);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(data.filter((value) => /["\x00-\x1f\x7f\uFFFD]|\$__/.test(value))).toEqual([]);
    }
  });
});

/** How many lines Loki has refused, by reason. */
async function discarded(): Promise<Record<string, number>> {
  const refused = (await metricsAt(stack.lokiUrl)).flatMap(([name, count]) => {
    const reason = /^loki_discarded_samples_total\{.*reason="(\w+)"/.exec(name)?.[1];
    return reason ? [[reason, count]] : [];
  });
  return Object.fromEntries(refused);
}
