import { expect, test } from "vitest";
import type { Store } from "../../src/alerting/store.ts";
import { builtQueries } from "./built.ts";
import { sample, sampleLines, sampleNumbers, sampleValues } from "./expected.ts";
import { askBuilt, type Line } from "./stores.ts";

/** How long after the sample's arrival it is asked for, in milliseconds. */
export const DELAY = 30_000;

const queries = builtQueries();
const query = (where: string) => queries.find((one) => one.where === where)!;
/** Numbers as close as six digits behind the point. */
export const closeTo = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expect.closeTo(value, 6)]));

/** The generated queries of lines or numbers for which nothing is expected. */
export const unanswered = () => {
  const answered = [...Object.keys(sampleNumbers), ...Object.keys(sampleLines), "2-errors-slas/3/A"];
  return queries.filter(
    ({ where, asked }) => asked !== "values" && !where.includes("annotation") && !answered.includes(where),
  );
};
/** The generated queries of lines. */
export const ofLines = () => queries.filter(({ where }) => where in sampleLines || where.includes("annotation"));

/** As many lines as the raw file has for a query, and of its one failure what it says. */
export function expectLines(found: readonly Pick<Line, "labels">[], where: string): void {
  const count = sampleLines[where] ?? sampleLines[where.slice(where.indexOf("/") + 1)]!;
  expect(found).toHaveLength(count);
  const failure = { labels: { source: "sharepoint_graph", objet: "EventFactureApplication" } };
  expect(found.filter(({ labels }) => labels.etat === "FAILED")).toMatchObject(count === 0 ? [] : [failure]);
}

/** A store of the sample, and when it is asked, milliseconds since 1970. */
type Asked = Readonly<{ store: Store; at: number }>;

/** Every generated query over the sample; what is right was computed from the raw file alone. */
export function goldenValues({ store, at }: Asked): void {
  test("no generated query is without an expected answer", () => {
    expect(unanswered()).toEqual([]);
  });

  test.each(Object.keys(sampleNumbers))("%s", async (where) => {
    expect(await askBuilt(store, query(where), { at })).toEqual(closeTo(sampleNumbers[where]!));
  });

  test("freshness: every source is as old as its arrival", async () => {
    const ages = await askBuilt(store, query("2-errors-slas/3/A"), { at });
    expect(ages).toEqual(Object.fromEntries(sampleValues.source!.map((source) => [source, DELAY / 1000])));
  });

  test.each(queries.filter(({ asked }) => asked === "values"))("$where", async (variable) => {
    expect(await askBuilt(store, variable, { at })).toEqual(sampleValues[variable.label!]);
  });

  test.each(ofLines())("$where", async (built) => {
    expectLines((await askBuilt(store, built, { at })) as Line[], built.where);
  });

  test("a choice of sources and the search box narrow the answers", async () => {
    const variables = { source: ["sharepoint_graph", "zohobooks"], entreprise: ["akonovia"], zone: ["1-Raw"] };
    const chosen = Object.fromEntries(
      Object.entries(sampleNumbers["1-ingestion-health/7/A"]!).filter(([source]) => variables.source.includes(source)),
    );
    expect(await askBuilt(store, query("1-ingestion-health/7/A"), { at, variables })).toEqual(chosen);
    const found = (await askBuilt(store, query("4-logs-debugging/1/A"), { at, search: "EVENTfacture" })) as Line[];
    expect(found).toHaveLength(sample.filter((record) => /eventfacture/i.test(JSON.stringify(record))).length);
    expect(await askBuilt(store, query("4-logs-debugging/1/A"), { at, search: "event.facture" })).toEqual([]);
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
    expect(await askBuilt(store, query("4-logs-debugging/1/A"), { at, search })).toHaveLength(count);
  });

  test("a measure that a run does not have is absent from the tables, not 0", async () => {
    const found = (await askBuilt(store, query("4-logs-debugging/1/A"), { at })) as Line[];
    const failure = found.find(({ labels }) => labels.etat === "FAILED")!;
    for (const measure of ["duree_s", "cpu_s", "memoire_octets"]) expect(failure.labels).not.toHaveProperty(measure);
    for (const { labels } of found) for (const value of Object.values(labels)) expect(value).not.toBe("");
  });
}
