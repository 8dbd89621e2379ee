import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { variantsOf } from "../../../src/tools/backtest/try.ts";
import { called } from "../../support/called.ts";
import { config } from "../../support/config.ts";
import { folderOfTest } from "../../support/folder.ts";
import { every } from "../../support/own-runs.ts";
import { backtest } from "./support.ts";

const START = Date.UTC(2026, 10, 20, 12);
const runs = [
  ...every(10, START, [0, 300], { source: "Efficy", seconds: 2 }),
  ...every(5, START, [100, 200], { source: "PowerBI", seconds: 25 }),
  { at: START + 50.5 * 60_000, source: "Efficy", etat: "FAILED" as const },
];

test("the table says how often, when, for how long and by how many mails", async () => {
  const { status, out, err } = await backtest(runs);
  expect([status, err]).toEqual([0, ""]);
  expect(out).toMatchInlineSnapshot(`
    "53 records of TMP/logs.json, 2026-11-20 12:00 to 2026-11-20 17:00 UTC

    rule                          fired             first     longest        total                mails
    1-echec-detecte                   1  2026-11-20 12:51       5 min        5 min                    1
    2-taux-echec-eleve                0                 -           -            -                    0
    3-source-muette                   7  2026-11-20 13:15  3 h 45 min  19 h 40 min  5 (2 again, 1 over)
    4-latence-degradee                1  2026-11-20 13:45  1 h 51 min   1 h 51 min           2 (1 over)
    5-surconsommation-ressources      0                 -           -            -                    0

    instance                           fired             first     longest       total
    1-echec-detecte  Efficy                1  2026-11-20 12:51       5 min       5 min
    3-source-muette  PowerBI               2  2026-11-20 13:15      30 min      55 min
    3-source-muette  zohoprojects          1  2026-11-20 13:15  3 h 45 min  3 h 45 min
    3-source-muette  zohobooks             1  2026-11-20 13:15  3 h 45 min  3 h 45 min
    3-source-muette  zohocrm               1  2026-11-20 13:15  3 h 45 min  3 h 45 min
    3-source-muette  sharepoint_graph      1  2026-11-20 13:15  3 h 45 min  3 h 45 min
    3-source-muette  EasyProjects          1  2026-11-20 13:15  3 h 45 min  3 h 45 min
    4-latence-degradee  PowerBI            1  2026-11-20 13:45  1 h 51 min  1 h 51 min

    distance of the value from the threshold       threshold          p50          p95  maximum
    1-echec-detecte  value                                 1            0            0        0
    2-taux-echec-eleve  value                             2%          −2%          −2%     +48%
    3-source-muette  silence                      1 h 15 min  −1 h 15 min  +3 min 30 s  +25 min
    4-latence-degradee  duree_s                         10 s         −8 s        +15 s    +15 s
    5-surconsommation-ressources  memoire_octets      150 MB      −150 MB      −150 MB  −150 MB
    5-surconsommation-ressources  cpu_s                1 min       −1 min       −1 min   −1 min
    "
  `);
});

test("one column for each value, the one that stands among them", async () => {
  const { out } = await backtest(runs, "--try", "rules.4-latence-degradee.p95=20s,30s");
  expect(out).toMatchInlineSnapshot(`
    "53 records of TMP/logs.json, 2026-11-20 12:00 to 2026-11-20 17:00 UTC

    4-latence-degradee, rules.4-latence-degradee.p95        10 s (now)              20 s   30 s
    fired                                                            1                 1      0
    instances                                                        1                 1      0
    first                                             2026-11-20 13:45  2026-11-20 13:45      -
    longest                                                 1 h 51 min        1 h 51 min      -
    total                                                   1 h 51 min        1 h 51 min      -
    mails                                                   2 (1 over)        2 (1 over)      0
    duree_s, p50                                                  −8 s             −18 s  −28 s
    duree_s, p95                                                 +15 s              +5 s   −5 s
    duree_s, maximum                                             +15 s              +5 s   −5 s
    "
  `);
});

test("a value that stands alone has one column, and what does not fire is named, on the page in French", async () => {
  const file = join(folderOfTest(), "page.html");
  const { out } = await backtest(runs, "--try", "memory=150MB", "--html", file);
  expect(out).toMatch(/^5-surconsommation-ressources, rules\.5-surconsommation-ressources\.memory +150 MB \(now\)$/m);
  expect(out).toMatch(/^5-surconsommation-ressources would not have fired\.$/m);
  expect(readFileSync(file, "utf8")).toContain("logs.json · Rien ne se serait déclenché.</p>");
});

test.each([
  ["p95=5s,10s", "rules.4-latence-degradee.p95"],
  ["rate=1%,5 %", "rules.2-taux-echec-eleve.rate"],
  ["memory=100MB", "rules.5-surconsommation-ressources.memory"],
  ["sources.memory=48h", "sources.memory"],
  ["maxSilence=2h", "sources.maxSilence"],
  ["sources.expected.Efficy.maxSilence=26h", "sources.expected.Efficy.maxSilence"],
  ["rules.1-echec-detecte.failures=2", "rules.1-echec-detecte.failures"],
  ["memory=150MB", "rules.5-surconsommation-ressources.memory"],
  ["sources.maxSilence=75min", "sources.maxSilence"],
])("--try %s is %s", (text, setting) => {
  expect(new Set(variantsOf(text, config).map((one) => one.setting))).toEqual(new Set([setting]));
});

test("--json names the setting of every rule that a number of the sources decides", async () => {
  const { status, out } = await backtest(runs.slice(0, 1), "--json", "--try", "sources.memory=48h");
  expect(status).toBe(0);
  expect(JSON.parse(out).rules.map(({ setting }: { setting: string }) => setting)).toEqual(["sources.memory"]);
});

test.each([
  [
    ["--try", "p59=5s"],
    "--try p59: the configuration has no such number; the nearest are rules.4-latence-degradee.p95, ",
  ],
  [["--try", "rules.4-latence-degradee.p9=5s"], "the nearest are rules.4-latence-degradee.p95, "],
  [["--try", "p95=5"], '--try rules.4-latence-degradee.p95: "5" is no value for it; write 10s, 75min or 2h.'],
  [["--try", "rate=0.02"], '--try rules.2-taux-echec-eleve.rate: "0.02" is no value for it; write 2%.'],
  [["--try", "window=10min"], "--try window may be rules.1-echec-detecte.window, "],
  [
    ["--try", "rules.4-latence-degradee.window=30s"],
    "--try rules.4-latence-degradee.window=30s cannot be: rules.4-latence-degradee.window = ",
  ],
  [["--try", "p95"], '--try is "p95"; write a number of the configuration and its values, such as '],
  [["--range", "month"], '--range is "month"; write a duration such as 30d or 12h.'],
  [["--html", "logs.json/page.html"], "--html logs.json/page.html cannot be written (ENOTDIR"],
])("%j is one sentence, status 1", async (args, sentence) => {
  const { status, out, err } = await backtest(runs.slice(0, 1), ...args);
  expect([status, out]).toEqual([1, ""]);
  expect(err).toContain(sentence);
  expect(err.split("\n")).toHaveLength(2);
});

test("nothing to judge is a sentence and status 0; what cannot be read is one and status 1", async () => {
  const rejected = await backtest('{"Etat":"SUCCESS"}');
  expect([rejected.status, rejected.out]).toEqual([0, "TMP/logs.json holds no record: there is nothing to judge.\n"]);
  const { status, out, err } = await backtest("no records at all");
  expect([status, out, err.split("\n").length]).toEqual([1, "", 2]);
});

test("rejects are told, and the others judged", async () => {
  const { status, err } = await backtest(
    '{"Etat":"SUCCESS"}\n{"Entreprise":"e","Zone":"z","Source":"s","Objet":"o","Etat":"SUCCESS","Fin":"20-11-2026 12:00:00"}',
  );
  expect(status).toBe(0);
  expect(err).toContain("1 records taken, 1 rejected:");
});

test("the page holds every rule and its timelines, and nothing of the network or a script", async () => {
  const file = join(folderOfTest(), "page.html");
  const { status } = await backtest(runs, "--html", file);
  const page = readFileSync(file, "utf8");
  expect(status).toBe(0);
  const titles = [
    "Échec détecté",
    "Taux d&#39;échec élevé",
    "Source muette",
    "Latence dégradée",
    "Surconsommation de ressources",
  ];
  for (const title of titles) expect(page).toContain(`<h2>${title}</h2>`);
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  // PowerBI fires from 106 to past 200: a red stretch, and its threshold in words.
  const latency = page.slice(page.indexOf("<h2>Latence dégradée"), page.indexOf("<h2>Surconsommation"));
  expect(latency).toContain('fill="#d6453d"');
  expect(latency).toContain(">10 s<");
  const rates = page.slice(page.indexOf("<h2>Surconsommation"));
  expect(rates).not.toContain('fill="#d6453d"');
});

test("the program's own command line", async () => {
  const { status, stdout, stderr } = await called(["backtest", "--logs", "gone.json"]);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^The file gone\.json does not exist.*\.\n$/);
});
