import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { storeOver } from "../../../src/alerting/in-process.ts";
import { streamsOf } from "../../../src/logql/streams.ts";
import { shownRule } from "../../../src/tools/preview/alerts/view.ts";
import { readDefinitions } from "../../../src/view/definitions.ts";
import { temporary } from "../../support/temporary.ts";
import { built, written } from "../diff/support.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const MINUTE = 60_000;
const { folder, remove } = temporary();
const { alerting } = readDefinitions(join(written(folder, "build", built), "grafana-provisioning"));
remove();
const rule = (uid: string) => alerting.rules.find((one) => one.uid === uid)!;

/** Runs of one source: minutes before now, and what each was. */
const runs = (source: string, all: readonly (readonly [before: number, etat: string, seconds?: number])[]) =>
  all.map(([before, etat, seconds]) => ({
    labels: { job: "kafka-logs", etat, source, entreprise: "e", zone: "z" },
    entries: [
      [
        -before * MINUTE * 1e6,
        JSON.stringify({ etat, source, ...(seconds !== undefined && { duree_s: seconds }) }),
      ] as const,
    ],
  }));
const ask = (uid: string, parts: ReturnType<typeof runs>) =>
  shownRule(rule(uid), {
    store: storeOver(streamsOf(BigInt(NOW) * 1_000_000n, parts)),
    alerting,
    range: { from: NOW - 60 * MINUTE, to: NOW },
    externalURL: "http://grafana.example/",
    to: "equipe@example.org",
    panelUnit: () => undefined,
    runbookOf: () => "# Procédure",
  });
const minutesAgo = (ms: number) => (NOW - ms) / MINUTE;

describe("a rule over an hour", () => {
  test("a failure fires at once and for five minutes, is mailed after ten seconds and never told as repaired", async () => {
    const { state, instances, mails, mailCount, words } = await ask(
      "1-echec-detecte",
      runs("Efficy", [
        [30.5, "FAILED"],
        [30, "SUCCESS"],
      ]),
    );
    expect(state).toBe("Normal");
    expect(words).toBe("Se déclenche quand la valeur atteint 1, sur les 5 min qui précèdent. Évaluée toutes les 60 s.");
    const [efficy] = instances.filter(({ labels }) => labels.source === "Efficy");
    expect(efficy!.stretches.filter((one) => one.state === "Alerting").map(({ from }) => minutesAgo(from))).toEqual([
      30,
    ]);
    expect(mailCount).toBe(1);
    expect(mails[0]).toMatchObject({ at: (NOW - 30 * MINUTE) / 1000 + 10, to: "equipe@example.org" });
    expect(mails[0]!.subject).toContain("Échec détecté");
    expect(mails[0]!.text).toContain("Efficy");
  });
  test("an instance that is spoken of no more, while others are, is in no state since anything", async () => {
    const failing = Array.from({ length: 8 }, (_, index) => [index * 4, "FAILED"] as const);
    const parts = [...runs("Efficy", [[30.5, "FAILED"]]), ...runs("PowerBI", failing)];
    const { instances } = await ask("1-echec-detecte", parts);
    const since = (source: string) => instances.find(({ labels }) => labels.source === source)!.since;
    expect([since("Efficy"), minutesAgo(since("PowerBI")!)]).toEqual([null, 28]);
  });
  test("slow runs wait five minutes, then fire; the measured values stand beside the threshold", async () => {
    const slow = Array.from({ length: 40 }, (_, index) => [index + 0.5, "SUCCESS", 25] as const);
    const { state, instances, comparisons, words, runbook } = await ask("4-latence-degradee", runs("PowerBI", slow));
    expect({ state, words, runbook }).toEqual({
      state: "Alerting",
      words:
        "Se déclenche quand Durée dépasse 10 s, sur les 15 min qui précèdent, pendant au moins 5 min. Évaluée toutes les 60 s.",
      runbook: "# Procédure",
    });
    expect(comparisons).toMatchObject([{ limits: [10], unit: "s" }]);
    const [power] = instances.filter(({ labels }) => labels.source === "PowerBI");
    expect(power!.stretches.map((one) => [one.state, minutesAgo(one.from), minutesAgo(one.to)])).toEqual([
      ["Pending", 39, 34],
      ["Alerting", 34, 0],
    ]);
    expect(power!.values[0]!.flatMap(([, value]) => (value === null ? [] : [value]))).toEqual(new Array(40).fill(25));
    expect([power!.summary, minutesAgo(power!.since!)]).toEqual([expect.stringContaining("PowerBI"), 34]);
  });
  test("either of two values is enough for rule 5, each in its unit", async () => {
    const { comparisons, words } = await ask("5-surconsommation-ressources", []);
    expect(comparisons).toMatchObject([
      { unit: "decbytes", limits: [150_000_000], name: "Mémoire" },
      { unit: "s", limits: [60], name: "CPU" },
    ]);
    expect(words).toContain("Mémoire dépasse 150 Mo ou CPU dépasse 60 s");
  });
  test("silence is said as silence", async () => {
    const { words, state } = await ask("3-source-muette", []);
    expect(words).toBe(
      "Se déclenche quand une source attendue, ou toutes, se taisent depuis 75 min. Évaluée toutes les 5 min.",
    );
    expect(state).toBe("Alerting");
  });
});
