import { describe, expect, test } from "vitest";
import { builtQueries } from "../support/built.ts";
import { askBuilt, hold, type Line } from "../support/stores.ts";

const AT = Date.UTC(2026, 10, 20, 12);
const stream = (etat: string, secondsAgo: number, line: string) => ({
  labels: { job: "kafka-logs", etat, source: "Efficy", entreprise: "akonovia", zone: "1-Raw" },
  entries: [[AT / 1000 - secondsAgo, line]] as [number, string][],
});
const failed = JSON.stringify({ etat: "FAILED", source: "Efficy", objet: "contacts", description: "504" });
const unreadable = ['{"etat":"FAILED", "objet":', 'no JSON, with `ticks` and "quotes" {{ .x }}', "[1]"];

describe("the raw line stands in the tables where a line is no valid record, and nowhere else", () => {
  test.each(["1-ingestion-health/8/A", "4-logs-debugging/1/A"])("%s", async (where) => {
    const invalid = unreadable.map((line, index) => stream("INVALID", 60 + index, line));
    const store = await hold([stream("FAILED", 30, failed), ...invalid]);
    const query = builtQueries().find((one) => one.where === where)!;
    const found = (await askBuilt(store, query, { at: AT })) as Line[];
    expect(found.map(({ labels }) => labels.ligne).sort()).toEqual([...unreadable, undefined].sort());
    expect(found.find(({ labels }) => labels.etat === "FAILED")!.labels).not.toHaveProperty("ligne");
  });
});
