import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";
import { minutes, seconds } from "../../../src/core/units.ts";
import { type OwnRecords, ownEffects, ownRecords } from "../../../src/tools/diff/effect/own.ts";
import { folderOfFile } from "../../support/folder.ts";
import { every, lineOf, type Raw } from "../../support/own-runs.ts";
import { ALERTING, built, compare, diff, type Files, one, without, withRule, written } from "./support.ts";

const START = Date.UTC(2026, 10, 20);
const HOUR = 60;
const DAY = 24 * HOUR;
/** Efficy is slow for twenty minutes: eight times more than 10 s, three of them more than 20 s; PowerBI once. */
const slow = (source: string, hour: number, time: number) =>
  every(5, START, [hour * HOUR, hour * HOUR + 20], { source, seconds: time });
const runs: readonly Raw[] = [
  ...every(15, START, [0, 3 * DAY], { source: "zohocrm", seconds: 1 }),
  ...[4, 10, 20, 30, 40].flatMap((hour) => slow("Efficy", hour, 15)),
  ...[50, 56, 62].flatMap((hour) => slow("Efficy", hour, 25)),
  ...slow("PowerBI", 66, 12),
];

const folder = folderOfFile();
let own: OwnRecords;
beforeAll(async () => {
  const logs = join(folder, "logs.json");
  writeFileSync(logs, runs.map(lineOf).join("\n"));
  own = {
    ...(await ownRecords(logs, { env: {}, stdin: Readable.from([]), stderr: process.stderr })),
    name: "logs.json",
  };
});

/** What is said of the rule that changed. */
async function effects(to: Files): Promise<readonly string[]> {
  const rules = compare(to).flatMap(({ kind, subjects }) => (kind === "rules" ? subjects : []));
  return (await Promise.all(rules.map((rule) => ownEffects(rule, own)))).flat();
}

describe("a change on one's own records", () => {
  test("a higher threshold: how often before and after, and which sources changed", async () => {
    const files = withRule("4-latence-degradee", { p95: seconds(20) });
    expect(await effects(files)).toEqual([
      "on logs.json: fired 9 times in 3 days → 3 times (Efficy 8 → 3, PowerBI 1 → 0)",
    ]);
  });
  test("as often, but for longer", async () => {
    const files = withRule("4-latence-degradee", { for: minutes(2) });
    // From the sixth minute to the one after the window of the last slow run: 30 min each, and three more.
    expect(await effects(files)).toEqual([
      "on logs.json: fired 9 times in 3 days, 4 h 39 min in all → as often, 5 h 6 min in all",
    ]);
  });
  test("a rule that went, and one that came", async () => {
    const path = `${ALERTING}/4-latence-degradee.yml`;
    expect(await effects(without(path))).toContain("on logs.json: fired 9 times in 3 days, and no more");
    const copied = built
      .get(path)!
      .replaceAll("4-latence-degradee", "6-lente")
      .replace("title: Latence dégradée", "title: Lente");
    expect(await effects(new Map([...built, [`${ALERTING}/6-lente.yml`, copied]]))).toContain(
      "on logs.json: would have fired 9 times in 3 days",
    );
  });
  test("what the records do not show is said too", async () => {
    expect(await effects(withRule("1-echec-detecte", { window: minutes(10) }))).toEqual([
      "on logs.json: fires not once in 3 days, before and after",
    ]);
  });
  test("a panel's values, beside those on the sample", async () => {
    const before = written(folder, "before", built);
    const path = "grafana-provisioning/dashboards/1-ingestion-health.json";
    const files = new Map([...built, [path, built.get(path)!.replaceAll('etat=\\"SUCCESS\\"', 'etat=\\"FAILED\\"')]]);
    const to = written(folder, "after", files);
    const { out, err } = await diff(folder, "--from", before, "--to", to, "--logs", join(folder, "logs.json"));
    expect(err).toBe("");
    expect(out).toMatch(/effect: value on the sample: 71 → 1$/m);
    expect(out).toMatch(/effect: .* on \S+logs\.json: /);
  });
  test("records that cannot be read are one sentence, as is an effect that is left out", async () => {
    const [before, after] = ["a", "b"].map((title) => written(folder, title, one("a.json", { title, panels: [] })));
    const gone = join(folder, "gone.json");
    expect(await diff(folder, "--from", before!, "--to", after!, "--logs", gone)).toMatchObject({
      status: 2,
      err: `The file ${gone} does not exist; check its name.\n`,
    });
    const { status, err } = await diff(folder, "--no-effect", "--logs", "x");
    expect([status, err]).toEqual([
      2,
      "--logs is for the effect, which --no-effect leaves out; leave one of them out.\n",
    ]);
  });
});
