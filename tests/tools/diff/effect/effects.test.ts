import { describe, expect, test } from "vitest";
import { inProcess } from "../../../../src/alerting/in-process.ts";
import type { Stores } from "../../../../src/alerting/store.ts";
import { minutes, seconds } from "../../../../src/core/units.ts";
import { compareStates } from "../../../../src/tools/diff/compare/compare.ts";
import { evaluator, withEffects } from "../../../../src/tools/diff/effect/effects.ts";
import { stateOf } from "../../../../src/tools/diff/model/state.ts";
import { quantile, type Raw, sample } from "../../../support/expected.ts";
import { ALERTING, type Any, built, DASHBOARDS, edited, type Files, panel, without, withRule } from "../support.ts";

const HEALTH = `${DASHBOARDS}/1-ingestion-health.json`;
const withLatency = (change: object) => withRule("4-latence-degradee", change);
const rule = (name: string, edit: (rule: Any, group: Any) => void) =>
  edited(`${ALERTING}/${name}.yml`, ({ groups: [group] }) => edit(group.rules[0], group));
const query = (title: string, index: number, edit: (expr: string) => string) =>
  edited(HEALTH, (dashboard) => {
    const target = panel(dashboard, title).targets[index];
    target.expr = edit(target.expr);
  });

type Options = Readonly<{ from?: Files; stores?: Stores; tellsOfNone?: boolean }>;
/** What is said to be the effect, by the title of the rule or panel. */
async function effects(
  to: Files,
  { from = built, stores = inProcess, tellsOfNone = false }: Options = {},
): Promise<Record<string, readonly string[]>> {
  const states = { from: stateOf(from), to: stateOf(to) };
  const report = await withEffects(compareStates(states.from, states.to), evaluator(stores, { tellsOfNone, states }));
  return Object.fromEntries(
    report.flatMap(({ subjects }) =>
      subjects.filter((one) => one.effects.length > 0).map(({ title, effects }) => [title, effects]),
    ),
  );
}
const LATENCY = "Latence dégradée";
const of = (source: string) => sample.filter(({ Source }) => Source === source);
const at = ({ Fin }: Raw) => Date.parse(String(Fin).replace(/^(\d\d)-(\d\d)-(\d{4}) (.*)$/, "$3-$2-$1T$4Z"));
const newest = Math.max(...sample.map(at));

describe("the scenarios whose verdict differs", () => {
  // Runs of 20 s are no longer above; those of 30 s (PowerBI, and the failed ones) still are.
  test("another threshold", async () => {
    expect(await effects(withLatency({ p95: seconds(20) }))).toEqual({
      [LATENCY]: [
        "fired → stays quiet in 7 of 15 scenarios: “fires” (EasyProjects at 5m), “just above” (EasyProjects at 5m), “recovers” (EasyProjects at 5m) and 4 more",
      ],
    });
  });

  test("another wait", async () => {
    expect(await effects(withLatency({ for: minutes(10) }))).toEqual({
      [LATENCY]: [
        "fires 5 min later in 8 of 15 scenarios: “fires” (EasyProjects 5m → 10m), “just above” (EasyProjects 5m → 10m), “recovers” (EasyProjects 5m → 10m) and 5 more",
      ],
    });
  });

  // After 20 quick runs there are still 10 slow ones in 30 minutes; runs that stopped at 10m are seen until 40m.
  test("another window", async () => {
    const largest = (source: string, window: number) => {
      const runs = of(source).flatMap((record) =>
        Number(record["Duree secondes"]) ? [{ at: at(record), value: Number(record["Duree secondes"]) }] : [],
      );
      const moments = Array.from({ length: 73 }, (_, index) => newest - index * 300_000);
      const seen = moments.map((moment) =>
        runs.filter((run) => run.at > moment - window && run.at <= moment).map(({ value }) => value),
      );
      return `${Number(Math.max(...seen.flatMap((values) => (values.length > 0 ? [quantile(values, 0.95)] : []))).toPrecision(4))} s`;
    };
    const shown = ["EasyProjects", "Efficy", "PowerBI", "sharepoint_graph", "zohobooks"].map(
      (source) => `${source} ${largest(source, 900_000)} → ${largest(source, 1_800_000)}`,
    );
    expect(await effects(withLatency({ window: minutes(30) }))).toEqual({
      // Its panel shows the window that the rule looks over.
      "Durée p95 par source": [`largest value on the sample: ${shown.join(", ")} and 2 more`],
      [LATENCY]: [
        "stops firing later in 2 of 15 scenarios: “recovers” (EasyProjects 34m → not by the end), “runs stop while it fires” (EasyProjects 25m → not by the end)",
      ],
    });
  });

  // INVALID lines without a source come every minute from 0m, one of sharepoint_graph at 3m; beside another series, one
  // that vanished is resolved a minute later.
  test("another matcher", async () => {
    const files = rule("1-echec-detecte", ({ data: [{ model }] }) => {
      model.expr = model.expr.replace('etat="FAILED"', 'etat=~"FAILED|INVALID"');
    });
    expect(await effects(files)).toEqual({
      "Échec détecté": [
        "stayed quiet → fires in 1 of 14 scenarios: “a bad record among good ones” (at 0m)",
        "fires at other times in 1 of 14 scenarios: “a bad record among good ones” (sharepoint_graph 11m–16m → 3m–9m and 11m–17m)",
      ],
    });
  });

  test("an outage of Loki", async () => {
    const files = rule("1-echec-detecte", (one) => Object.assign(one, { execErrState: "Error" }));
    expect(await effects(files)).toEqual({
      "Échec détecté": ["told of no error → tells of an error in 1 of 14 scenarios: “Loki out of reach” (at 10m)"],
    });
  });

  test("a rule that goes, one that decides the same in another way, one that Loki refuses", async () => {
    expect(await effects(without(`${ALERTING}/4-latence-degradee.yml`))).toEqual({
      [LATENCY]: ["stays quiet in the 8 of its 15 scenarios in which it fired"],
    });
    const same = rule("4-latence-degradee", ({ data }) =>
      Object.assign(data.at(-1).model.conditions[0].evaluator, { params: [10.0005] }),
    );
    expect(await effects(same)).toEqual({ [LATENCY]: ["no scenario's verdict differs (15 judged)"] });
    const broken = rule("4-latence-degradee", ({ data: [{ model }] }) => Object.assign(model, { expr: "sum by (" }));
    expect((await effects(broken))[LATENCY]).toEqual([
      expect.stringMatching(/^the new rule cannot be judged: Loki would answer 400: parse error at line 1/),
    ]);
  });
});

test("a rule keeps its scenarios under another uid; one without any says so where the effect was asked for", async () => {
  const renamed = (wait: string) =>
    rule("4-latence-degradee", (one) => Object.assign(one, { uid: "autre", for: wait }));
  expect(await effects(renamed("10m"))).toEqual({
    [LATENCY]: [expect.stringMatching(/^fires 5 min later in 8 of 15 scenarios: /)],
  });
  expect(await effects(renamed("10m"), { from: renamed("5m") })).toEqual({});
  expect(await effects(renamed("10m"), { from: renamed("5m"), tellsOfNone: true })).toEqual({
    [LATENCY]: ["no scenario is about this rule"],
  });
});

describe("the values that differ on the sample", () => {
  const good = (records: readonly Raw[]) => records.filter(({ Etat }) => Etat === "SUCCESS");

  test("one number", async () => {
    const files = query("Succès", 0, (expr) => expr.replace('etat="SUCCESS"', 'etat="SUCCESS", source!="Efficy"'));
    expect(await effects(files)).toEqual({ Succès: [`value on the sample: 71 → ${71 - good(of("Efficy")).length}`] });
  });

  test("a number per source, in the unit of its column, at most five", async () => {
    const files = query("Sources par performance", 2, (expr) => expr.replace("0.95", "0.5"));
    const durations = (source: string) =>
      of(source).flatMap((record) => (Number(record["Duree secondes"]) ? [Number(record["Duree secondes"])] : []));
    const inSeconds = (source: string, q: number) => `${Number(quantile(durations(source), q).toPrecision(4))} s`;
    const shown = ["EasyProjects", "Efficy", "PowerBI", "sharepoint_graph", "zohobooks"].map(
      (source) => `${source} ${inSeconds(source, 0.95)} → ${inSeconds(source, 0.5)}`,
    );
    expect(await effects(files)).toEqual({
      "Sources par performance": [`value of query C on the sample: ${shown.join(", ")} and 2 more`],
    });
  });

  test("a query that got company", async () => {
    const files = edited(HEALTH, (dashboard) => {
      const { targets } = panel(dashboard, "Succès");
      targets.push({ ...targets[0], refId: "B" });
      targets[0].expr = targets[0].expr.replace("SUCCESS", "FAILED");
    });
    expect(await effects(files)).toEqual({ Succès: ["value of query A on the sample: 71 → 1"] });
  });

  // Five-minute windows end at the newest record and every five minutes before; the one failure is in the last of them,
  // and so in one window of an hour.
  test("a curve", async () => {
    const windows = good(sample).map((record) => Math.floor((newest - at(record)) / 300_000));
    const most = Math.max(...windows.map((one) => windows.filter((other) => other === one).length));
    const files = query("Chronologie SUCCESS / FAILED", 0, (expr) => expr.replace("$__auto", "1h"));
    expect(await effects(files)).toEqual({
      "Chronologie SUCCESS / FAILED": [`largest value on the sample: SUCCESS ${most} → 71`],
    });
  });

  test("lines, other labels, no other value, a query that Loki refuses", async () => {
    const errors = "Dernières erreurs";
    expect(await effects(query(errors, 0, (expr) => expr.replace("FAILED|INVALID", "SUCCESS|INVALID")))).toEqual({
      [errors]: ["lines on the sample: 1 → 71"],
    });
    const failures = query("Échecs", 1, (expr) => expr.replace("by (source)", "by (zone)"));
    expect(await effects(failures)).toEqual({ Échecs: ["series of query B on the sample: 1 by source → 1 by zone"] });
    const vector = query("Succès", 0, (expr) => expr.replace("vector(0)", "vector(1)"));
    expect(await effects(vector)).toEqual({ Succès: ["no value changes on the sample"] });
    const annotation = edited(HEALTH, ({ annotations }) => {
      annotations.list[0].expr = annotations.list[0].expr.replace("FAILED", "SUCCESS");
    });
    expect(await effects(annotation)).toEqual({
      "1 · Santé de l'ingestion": ["lines of annotation “Échecs” on the sample: 1 → 71"],
    });
    const broken = query("Succès", 0, (expr) => expr.replace("sum", "summ"));
    expect((await effects(broken)).Succès).toEqual([
      expect.stringMatching(/^the new query cannot be asked: Loki would answer 400: parse error at line 1/),
    ]);
  });
});

test("words alone have no effect, and ask nothing", async () => {
  const files = rule("4-latence-degradee", (one) => {
    one.annotations.description = "Autre chose.";
    one.labels.severity = "critical";
  });
  const more = edited(
    HEALTH,
    (dashboard) => Object.assign(panel(dashboard, "Succès"), { description: "Autre chose.", title: "Réussites" }),
    files,
  );
  const none: Stores = { recent: false, hold: () => Promise.reject(new Error("a query was asked")) };
  expect(await effects(more, { stores: none })).toEqual({});
});
