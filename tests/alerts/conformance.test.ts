import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, test } from "vitest";
import { parseCase } from "../../src/proof/case.ts";
import { judgeCase } from "../../src/proof/files.ts";
import { profileOf } from "../../src/proof/profile.ts";

const folder = fileURLToPath(new URL("verdicts/", import.meta.url));
const url = inject("proofLoki");
const cases = readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}${file}`, "utf8")) as { name: string; why: string; verdict: unknown });

/** Timelines that Grafana 9.4 itself gave for these rules, over a real Loki. */
describe("the evaluator agrees with Grafana 9.4", () => {
  test("on 35 rules", () => expect(cases).toHaveLength(35));

  test.concurrent.each(cases)("$name: $why", async (input) => {
    const { verdict } = await judgeCase(parseCase(input, input.name), url, profileOf("9.4"));
    expect(verdict).toEqual(input.verdict);
  });
});
