import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { parseCase } from "../../src/alerting/case.ts";
import { backtest, grafanaFrom, rowsOf, versionOf } from "../support/grafana.ts";
import { caseOf, query } from "./rules.ts";

const requests: { method: string; url: string; authorization: string; body: unknown }[] = [];
const answers: Record<string, object> = {
  "GET /grafana/api/health": { version: "12.4.10" },
  "POST /grafana/api/datasources": { datasource: { uid: "made" } },
  "DELETE /grafana/api/datasources/uid/made": {},
  "POST /grafana/api/v1/rule/backtest": {
    schema: {
      fields: [{ name: "Time" }, { labels: { source: "b" } }, { labels: { datasource_uid: "made", ref_id: "A" } }],
    },
    // biome-ignore format: rows
    data: { values: [[0, 60_000, 120_000], [null, "Alerting", "Alerting"], ["Normal (NoData)", null, null]] },
  },
};
const server = createServer(async (request, response) => {
  const { method = "", url = "", headers } = request;
  const body = method === "POST" ? await json(request) : undefined;
  requests.push({ method, url, authorization: headers.authorization ?? "", body });
  response.end(JSON.stringify(answers[`${method} ${url}`]));
}).listen(0, "127.0.0.1");
await once(server, "listening");
afterAll(() => server.close());
const { port } = server.address() as AddressInfo;

const rule = { condition: "A", data: [query], for: "1m", noDataState: "OK" };
const input = parseCase(caseOf({ name: "x", to: 180, rule, streams: [] }), "x");

test("without GRAFANA_URL there is no Grafana", () => expect(grafanaFrom({}, "http://loki")).toBeUndefined());

test("a back-test runs on a data source of the tenant, which is removed again", async () => {
  const grafana = grafanaFrom(
    { GRAFANA_URL: `http://ops:secret@127.0.0.1:${port}/grafana/` },
    "http://127.0.0.1:3100",
  )!;
  expect(await versionOf(grafana)).toBe("12.4");
  expect(await backtest(grafana, input, "tenant-1", Date.parse("2026-11-23T00:00:00Z") / 1000)).toEqual([
    // biome-ignore format: a timeline
    { labels: { datasource_uid: "Loki", ref_id: "A" }, changes: [[0, "Normal (NoData)"], [60, null]] },
    { labels: { source: "b" }, changes: [[0, null], [60, "Alerting"]] }, // biome-ignore format: a timeline
  ]);
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET /grafana/api/health",
    "POST /grafana/api/datasources",
    "POST /grafana/api/v1/rule/backtest",
    "DELETE /grafana/api/datasources/uid/made",
  ]);
  expect(requests[1]).toMatchObject({
    authorization: `Basic ${Buffer.from("ops:secret").toString("base64")}`,
    body: {
      url: "http://127.0.0.1:3100",
      jsonData: { httpHeaderName1: "X-Scope-OrgID" },
      secureJsonData: { httpHeaderValue1: "tenant-1" },
    },
  });
  expect(requests[2]?.body).toMatchObject({
    from: "2026-11-23T00:00:00.000Z",
    to: "2026-11-23T00:03:00.000Z",
    interval: "60s",
    for: "1m",
    no_data_state: "OK",
    condition: "A",
    data: [{ refId: "A", datasourceUid: "made", model: { expr: "vector(1)" } }],
  });
});

test("an answer without frames, as Grafana 12 gives it for an empty result, has no rows; an error is no count", () => {
  expect([{}, { frames: null }, { frames: [] }].map(rowsOf)).toEqual([0, 0, 0]);
  const values = [[1, 2], [3, 4]]; // biome-ignore format: rows
  expect(rowsOf({ frames: [{ data: { values } }, { data: { values: [] } }] })).toBe(2);
  expect(rowsOf({ error: "parse error", frames: null })).toBe("parse error");
});
