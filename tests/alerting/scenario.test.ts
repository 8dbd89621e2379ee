import { expect, test } from "vitest";
import { streamsOf } from "../../src/alerting/scenario.ts";
import { every, once, run } from "../../src/alerts/scenarios/arrivals.ts";

test("arrivals become streams; equal lines of one moment stay apart", () => {
  const [stream] = streamsOf([...every("1m", run(), { to: "2m" }), ...once("1m", run())]);
  expect(stream?.labels).toEqual({
    job: "kafka-logs",
    etat: "SUCCESS",
    source: "zohoprojects",
    entreprise: "akonovia",
    zone: "1-Raw",
  });
  expect(stream?.entries.map(([at]) => at)).toEqual([0, 60, 120, 59.999]);
});
