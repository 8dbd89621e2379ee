import { describe, expect, test } from "vitest";
import { parseCase } from "../../src/alerting/case.ts";
import { inProcess } from "../../src/alerting/in-process.ts";
import { profileOf } from "../../src/alerting/profile.ts";
import { judgeCase } from "../../src/tools/verdict/files.ts";
import { timelines } from "./timelines.ts";

describe.each(timelines)("the evaluator agrees with Grafana $grafana", ({ profile, count, cases }) => {
  test(`on ${count} rules`, () => expect(cases).toHaveLength(count));

  test.each(cases)("$name: $why", async (input) => {
    const { verdict } = await judgeCase(parseCase(input, input.name), inProcess, profileOf(profile));
    expect(verdict).toEqual(input.verdict);
  });
});
