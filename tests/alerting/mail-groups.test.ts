import { describe, expect, test } from "vitest";
import { mailGroups, type RuleHistory, sendings } from "../../src/alerting/mail-groups.ts";
import { type Alerting, readAlerting } from "../../src/alerting/provisioned.ts";

/** A rule that is evaluated so often, and its states by source: `A` fires. */
function history(
  uid: string,
  every: number,
  sources: Readonly<Record<string, string>>,
  severity = "warning",
): RuleHistory {
  const data = [{ refId: "A", datasourceUid: "Loki", model: { expr: "1", queryType: "instant" } }];
  const rule = { uid, title: uid, condition: "A", data, labels: { severity } };
  const file = { groups: [{ name: uid, folder: "f", interval: `${every}s`, rules: [rule] }] };
  const length = Object.values(sources)[0]!.length;
  const moments = Array.from({ length }, (_, index) => index * every);
  const instances = Object.entries(sources).map(([source, states]) => ({
    labels: { source },
    states: [...states].map((state) => (state === "A" ? ("Alerting" as const) : ("Normal" as const))),
    since: moments,
    values: {},
  }));
  return { rule: readAlerting(file, "it").alerting.rules[0]!, line: { moments, instances } };
}

const timing = { group_wait: "10s", group_interval: "1m", repeat_interval: "1h" };
function policy(group_by: readonly string[] | undefined, routes: readonly object[] = []): Alerting {
  const receivers = [{ type: "email", settings: { addresses: "a@b.c" } }];
  const quiet = [{ type: "email", disableResolveMessage: true, settings: { addresses: "a@b.c" } }];
  const contactPoints = [
    { name: "team", receivers },
    { name: "quiet", receivers: quiet },
  ];
  const policies = [{ receiver: "team", ...(group_by && { group_by }), ...timing, routes }];
  return readAlerting({ contactPoints, policies }, "it").alerting;
}
/** Each mail: when it goes, who gets it, and the rules and sources that fire in it, or have ended. */
const mails = (all: readonly RuleHistory[], alerting: Alerting) =>
  sendings(mailGroups(all, alerting), { from: 0, to: 100_000 }).map(({ flush, group }) => {
    const name = (instance: (typeof flush.firing)[number]) =>
      `${group.ruleOf.get(instance)!.uid}:${instance.labels.source}`;
    const ended = flush.resolved.map(({ line }) => name(line));
    return `${flush.at} ${group.route.contact} ${flush.firing.map(name).join(",")}${ended.length > 0 ? ` / ${ended.join(",")}` : ""}`;
  });

const one = history("one", 60, { a: "NAAANN", b: "NNAANN" });
const two = history("two", 120, { a: "NANN" });

describe("the mails of several rules", () => {
  test("by rule, as Grafana groups where nothing else is said: each rule has mails of its own", () => {
    const wanted = [
      "70 team one:a",
      "130 team one:a,one:b",
      "130 team two:a",
      "250 team  / one:a,one:b",
      "250 team  / two:a",
    ];
    expect(mails([one, two], policy(undefined)).sort()).toEqual(wanted.sort());
    expect(mails([one, two], policy(["grafana_folder", "alertname"])).sort()).toEqual(wanted.sort());
  });
  test("by source: a mail for each", () => {
    expect(mails([one], policy(["source"]))).toEqual([
      "70 team one:a",
      "130 team one:b",
      "250 team  / one:a",
      "250 team  / one:b",
    ]);
  });
  test("by folder: one mail tells of both rules, which are evaluated at their own times", () => {
    expect(mails([one, two], policy(["grafana_folder"]))).toEqual([
      "70 team one:a",
      "130 team one:a,one:b,two:a",
      "250 team  / one:a,one:b,two:a",
    ]);
  });
  test("the first route that fits decides who is told, of ends too; what it does not say comes from the policy", () => {
    const route = { receiver: "quiet", object_matchers: [["severity", "=", "critical"]], group_wait: "30s" };
    const critical = history("three", 60, { a: "NAAANN" }, "critical");
    expect(mails([one, critical], policy(["alertname"], [route]))).toEqual([
      "70 team one:a",
      "90 quiet three:a",
      "130 team one:a,one:b",
      "250 team  / one:a,one:b",
    ]);
  });
  test("nobody is told where no policy or no e-mail is", () => {
    expect(mails([one], { ...policy(undefined), policies: [] })).toEqual([]);
    expect(mails([one], { ...policy(undefined), contactPoints: [] })).toEqual([]);
  });
});
