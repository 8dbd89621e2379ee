import { expect, test } from "vitest";
import { streamsOf } from "../../src/alerting/scenario.ts";
import { every, once, run } from "../../src/alerts/scenarios/arrivals.ts";
import { rules } from "../support/built.ts";
import { missingCases, scenarios } from "../support/scenarios.ts";

const names = rules.map(({ labels }) => labels.rule!);

test("every generated rule has its scenarios", () => expect(missingCases(names, scenarios)).toEqual([]));

test("a rule without scenarios is named with the cases that are missing", () => {
  const { "one slow run among many": _, ...others } = scenarios["4-latence-degradee"];
  expect(missingCases(["4-latence-degradee", "6-nouvelle"], { "4-latence-degradee": others })).toEqual([
    "rule 4-latence-degradee has no scenario for: one slow run among many",
    "rule 6-nouvelle has no scenario for: fires; just below; exactly at the threshold; no runs at all; recovers; a bad record among good ones; a value missing or not a number; old runs that arrive now",
  ]);
});

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
