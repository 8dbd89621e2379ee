import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseCase } from "../../src/proof/case.ts";
import { judgeCase } from "../../src/proof/files.ts";
import { inProcess } from "../../src/proof/in-process.ts";
import { PINNED, profileOf } from "../../src/proof/profile.ts";

type Recorded = { name: string; why: string; verdict: unknown };

/** Timelines that Grafana itself gave for these rules, over a real Loki: 9.4 under its own profile, 12.2 under the pinned one. */
describe.each([
  { grafana: "9.4", profile: "9.4", folder: "verdicts", count: 35 },
  { grafana: "12.2", profile: PINNED, folder: "verdicts-12.2", count: 41 },
])("the evaluator agrees with Grafana $grafana", ({ profile, folder, count }) => {
  const path = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  const cases = readdirSync(path).map((file) => JSON.parse(readFileSync(`${path}${file}`, "utf8")) as Recorded);
  test(`on ${count} rules`, () => expect(cases).toHaveLength(count));

  test.each(cases)("$name: $why", async (input) => {
    const { verdict } = await judgeCase(parseCase(input, input.name), inProcess, profileOf(profile));
    expect(verdict).toEqual(input.verdict);
  });
});
