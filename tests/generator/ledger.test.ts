import { expect, test } from "vitest";
import { retiredFile } from "../../src/alerts/provisioning.ts";
import {
  advance,
  type Ledger,
  newlyRetired,
  parseLedger,
  printLedger,
  type Thing,
} from "../../src/generator/ledger.ts";
import { alertingTombstones, dataSourceTombstones } from "../../src/generator/tombstones.ts";

const rule = (uid: string, title = uid): Thing => ({ kind: "rule", uid, title });
const active = (thing: Thing) => ({ ...thing, status: "active" as const });
const gone = (thing: Thing) => ({ ...thing, status: "retired" as const });

test("what is new is active, what is no longer generated is retired, sorted by kind and uid", () => {
  const before = [active(rule("a")), gone(rule("b")), active(rule("d"))];
  const dashboard: Thing = { kind: "dashboard", uid: "z", title: "Z" };
  const after = advance(before, [rule("c"), dashboard, rule("a")]);
  expect(after).toEqual([active(dashboard), active(rule("a")), gone(rule("b")), active(rule("c")), gone(rule("d"))]);
  expect(newlyRetired(before, after)).toEqual([gone(rule("d"))]);
  expect(advance(after, [dashboard, rule("a"), rule("c")])).toEqual(after);
});

test("another title keeps the uid; the same uid of another kind is another thing", () => {
  expect(
    advance(
      [active(rule("a", "Old")), gone(rule("b"))],
      [rule("a", "New"), { kind: "dashboard", uid: "b", title: "B" }],
    ),
  ).toEqual([active({ kind: "dashboard", uid: "b", title: "B" }), active(rule("a", "New")), gone(rule("b"))]);
});

test("a uid that was retired, or that two things share, is refused, each in one sentence", () => {
  const template: Thing = { kind: "template", uid: "t", title: "t" };
  expect(() =>
    advance([gone(rule("a")), gone(template)], [rule("a", "Alarm"), rule("b", "One"), rule("b", "Two"), template]),
  ).toThrowErrorMatchingInlineSnapshot(
    `
    [Error: a uid is never used twice; nothing was written:
      rule "Alarm" has the uid "a" of a rule that was removed (src/alerts/): give it another one, or, if no Grafana has seen the removal yet, set the line of "a" in ledger.jsonl back to "active"
      rule "Two" has the uid "b" of "One" (src/alerts/): give it another one
      template "t" has the name "t" of a template that was removed (src/alerts/notifications.ts): give it another one, or, if no Grafana has seen the removal yet, set the line of "t" in ledger.jsonl back to "active"]
  `,
  );
});

test("each kind has the tombstone that Grafana's files know; nothing retired, no file", () => {
  const all: Ledger = [
    gone({ kind: "contact point", uid: "mail", title: "Team" }),
    gone({ kind: "dashboard", uid: "d", title: "D" }),
    gone({ kind: "data source", uid: "Old Loki", title: "Old Loki" }),
    gone(rule("a")),
    gone(rule("b")),
    gone({ kind: "template", uid: "mails", title: "mails" }),
  ];
  expect(alertingTombstones(all)).toEqual({
    apiVersion: 1,
    deleteRules: [
      { orgId: 1, uid: "a" },
      { orgId: 1, uid: "b" },
    ],
    deleteContactPoints: [{ orgId: 1, uid: "mail" }],
    deleteTemplates: [{ orgId: 1, name: "mails" }],
  });
  expect(dataSourceTombstones(all)).toEqual({ deleteDatasources: [{ orgId: 1, name: "Old Loki" }] });
  const nothing = all.map(active);
  expect(alertingTombstones(nothing)).toBeUndefined();
  expect(dataSourceTombstones(nothing)).toEqual({});
});

test.each([
  { deleteRules: [] },
  { deleteRules: [{ orgId: 1, uid: "a", title: "A" }] },
  { deleteContactPoints: [{ orgId: 1, name: "a" }] },
  { deleteTemplates: [{ orgId: 2, name: "a" }] },
  { deleteRule: [{ orgId: 1, uid: "a" }] },
])("the format of tombstones is strict: %o", (sections) => {
  expect(retiredFile.safeParse({ apiVersion: 1, ...sections }).success).toBe(false);
});

test("a ledger is read as it was written; a broken line is named", () => {
  const ledger = [active(rule("a", 'with "quotes"')), gone(rule("b"))];
  expect(parseLedger(printLedger(ledger), "ledger.jsonl")).toEqual(ledger);
  for (const line of [
    "<<<<<<< HEAD",
    '{"status":"lost","kind":"rule","uid":"c","title":""}',
    '{"status":"active","kind":"panel","uid":"c","title":""}',
  ])
    expect(() => parseLedger(`${printLedger(ledger)}${line}\n`, "ledger.jsonl")).toThrow(
      `ledger.jsonl:3 is no line of the ledger (${JSON.stringify(line)}): mend it as the others are, or bring the file back with git checkout -- ledger.jsonl`,
    );
});

test.each([
  ["rule", "../../x"],
  ["rule", "a b"],
  ["rule", "$(x) $HOME"],
  ["rule", "a".repeat(41)],
  ["dashboard", "a\u0000b"],
  ["contact point", "a\u001b[31m"],
  ["template", "a\u001b[31m"],
  ["data source", "\ud800"],
] as const)("a %s whose uid or name is %j is no line of a ledger", (kind, uid) => {
  const line = JSON.stringify({ status: "retired", kind, uid, title: "t" });
  expect(() => parseLedger(line, "ledger.jsonl")).toThrow(
    /^ledger\.jsonl:1 is no line of the ledger \(.*\): mend it as the others are, or bring the file back/,
  );
});
