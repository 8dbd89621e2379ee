/** Mistakes that must not compile: each line below fails the type check when it starts to be accepted. */
import { above, alert, atLeast } from "../src/alerts/rule.ts";
import { megabytes, minutes, percent, runs, seconds } from "../src/core/units.ts";
import { axis } from "../src/dashboards/panels.ts";
import { series } from "../src/dashboards/series.ts";
import { chosen, equals, json, max, oneOf, over, panel } from "../src/queries/logql.ts";
import { failureRate, failures, maxMemory } from "../src/queries/metrics.ts";
import { selection } from "../src/queries/records.ts";
import { columns } from "../src/schema.ts";

const inRule = over(minutes(15));
const onPanel = panel("$__auto", selection);

// @ts-expect-error: unknown label
equals("sources", "zohoprojects");
// @ts-expect-error: wrong label value
equals("etat", "FAILLED");
// @ts-expect-error: wrong label value among good ones
oneOf("etat", ["SUCCESS", "ECHEC"]);
// @ts-expect-error: unknown field
json(columns.duree);
// @ts-expect-error: unwrap of a text
max({ kind: "logs", matchers: [], stages: [], mode: "literal" }, columns.description, inRule, []);
// @ts-expect-error: a duration is no string
over("15m");
// @ts-expect-error: a window is no number of bytes
over(megabytes(15));
// @ts-expect-error: a panel's range in a rule
over("$__auto");
// @ts-expect-error: a dashboard variable in a rule
above(failureRate(onPanel, []), percent(2));
// @ts-expect-error: a rule's scope takes no dashboard variable
above(failures({ ...inRule, scope: [chosen("source")] }, []), runs(1));
// @ts-expect-error: threshold in another unit than its query
above(maxMemory(inRule, ["source"]), seconds(60));
// @ts-expect-error: a ratio compared with a number of runs
atLeast(failureRate(inRule, []), runs(1));
// @ts-expect-error: a threshold line in another unit than its series
axis("mémoire", [series(maxMemory(onPanel, ["source"]))], seconds(10));
// @ts-expect-error: grouping by what is no label
failures(inRule, ["objet"]);

const aside = {
  name: "5-surconsommation-ressources",
  title: "",
  window: minutes(15),
  timing: { for: minutes(5), every: minutes(1), severity: "warning" },
  panel: { dashboard: "", panel: 3 },
  firstAid: "",
} as const;
const when = { memory: above(maxMemory(inRule, ["source"]), megabytes(150)) };
// @ts-expect-error: a sentence speaks of a value that the rule has not
alert({ ...aside, when, summary: ({ cpu }) => cpu.measured, meaning: () => "" });
// @ts-expect-error: a value of the rule by its letter
alert({ ...aside, when, summary: ({ B }) => B.measured, meaning: () => "" });
// @ts-expect-error: a condition without its comparison
alert({ ...aside, when: { memory: maxMemory(inRule, ["source"]) }, summary: () => "", meaning: () => "" });

// The same calls, right.
above(failureRate(inRule, []), percent(2));
above(maxMemory(inRule, ["source"]), megabytes(150));
axis("mémoire", [series(maxMemory(onPanel, ["source"]))], megabytes(150));
alert({ ...aside, when, summary: ({ memory }) => memory.measured, meaning: ({ memory }) => memory.threshold });
