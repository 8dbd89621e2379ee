import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { recordLabels } from "../src/forwarder/labels.ts";
import { forgetfulSink, type Placed } from "../src/producer/delivery.ts";
import { ingest } from "../src/producer/ingest.ts";
import { inputsOf } from "../src/producer/inputs.ts";
import type { Stream } from "../src/proof/store.ts";
import { builtQueries } from "./support/built.ts";
import { SAMPLE, sample, sampleLines, sampleNumbers, sampleValues } from "./support/expected.ts";
import { askBuilt, hold, type Line } from "./support/stores.ts";

/** When the sample arrives, and when it is asked for, milliseconds since 1970. */
const ARRIVAL = Date.UTC(2026, 10, 20, 12);
const AT = ARRIVAL + 30_000;

/** The sample as it stands in Loki when the producer has just sent it, labelled by the collector. */
async function arrived(): Promise<readonly Stream[]> {
  const streams: Stream[] = [];
  const deliver = async (batch: readonly Placed[]) => {
    for (const { item } of batch)
      if (item.kind === "record") streams.push({ labels: recordLabels(Buffer.from(item.line)), entries: [[item.time / 1000, item.line]] });
  };
  const options = { timestamps: "arrival", zone: "UTC", load: "" } as const;
  await ingest(options, { inputs: await inputsOf(SAMPLE, Readable.from([])), connect: async () => forgetfulSink(deliver), now: () => ARRIVAL });
  return streams;
}

const queries = builtQueries();
const query = (where: string) => queries.find((one) => one.where === where)!;
const store = await hold(await arrived());
const closeTo = (values: Record<string, number>) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expect.closeTo(value, 6)]));

/** Every generated query over the sample; what is right was computed from the raw file alone. */
describe("golden values", () => {
  test("no generated query is without an expected answer", () => {
    const answered = [...Object.keys(sampleNumbers), ...Object.keys(sampleLines), "2-errors-slas/3/A"];
    const unanswered = queries.filter(({ where, asked }) => asked !== "values" && !where.includes("annotation") && !answered.includes(where));
    expect(unanswered).toEqual([]);
  });

  test.each(Object.keys(sampleNumbers))("%s", async (where) => {
    expect(await askBuilt(store, query(where), { at: AT })).toEqual(closeTo(sampleNumbers[where]!));
  });

  test("freshness: every source is as old as its arrival", async () => {
    const ages = await askBuilt(store, query("2-errors-slas/3/A"), { at: AT });
    expect(ages).toEqual(Object.fromEntries(sampleValues.source!.map((source) => [source, 30])));
  });

  test.each(queries.filter(({ asked }) => asked === "values"))("$where", async (variable) => {
    expect(await askBuilt(store, variable, { at: AT })).toEqual(sampleValues[variable.label!]);
  });

  test.each(queries.filter(({ where }) => where in sampleLines || where.includes("annotation")))("$where", async ({ where, ...rest }) => {
    const found = (await askBuilt(store, { where, ...rest }, { at: AT })) as Line[];
    const count = sampleLines[where] ?? sampleLines[where.slice(where.indexOf("/") + 1)]!;
    expect(found).toHaveLength(count);
    const failure = { labels: { source: "sharepoint_graph", objet: "EventFactureApplication" } };
    expect(found.filter(({ labels }) => labels.etat === "FAILED")).toMatchObject(count === 0 ? [] : [failure]);
  });

  test("a choice of sources and the search box narrow the answers", async () => {
    const variables = { source: ["sharepoint_graph", "zohobooks"], entreprise: ["akonovia"], zone: ["1-Raw"] };
    const chosen = Object.fromEntries(Object.entries(sampleNumbers["1-ingestion-health/7/A"]!).filter(([source]) => variables.source.includes(source)));
    expect(await askBuilt(store, query("1-ingestion-health/7/A"), { at: AT, variables })).toEqual(chosen);
    const found = (await askBuilt(store, query("4-logs-debugging/1/A"), { at: AT, search: "EVENTfacture" })) as Line[];
    expect(found).toHaveLength(sample.filter((record) => /eventfacture/i.test(JSON.stringify(record))).length);
    expect(await askBuilt(store, query("4-logs-debugging/1/A"), { at: AT, search: "event.facture" })).toEqual([]);
  });

  // Every line is JSON with double quotes; the others end a string or a template of LogQL, and stand in no line.
  test.each([
    ["`", 0],
    ['"', 72],
    ['"}}', 0],
    ["{{ .x }}", 0],
    ["$__auto", 0],
    ["%60", 0],
  ])("the search box takes %s", async (search, count) => {
    expect(await askBuilt(store, query("4-logs-debugging/1/A"), { at: AT, search })).toHaveLength(count);
  });

  test("a measure that a run does not have is absent from the tables, not 0", async () => {
    const found = (await askBuilt(store, query("4-logs-debugging/1/A"), { at: AT })) as Line[];
    const failure = found.find(({ labels }) => labels.etat === "FAILED")!;
    for (const measure of ["duree_s", "cpu_s", "memoire_octets"]) expect(failure.labels).not.toHaveProperty(measure);
    for (const { labels } of found) for (const value of Object.values(labels)) expect(value).not.toBe("");
  });
});
