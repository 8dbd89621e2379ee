/** Mistakes that must not compile: each line below fails the type check when it starts to be accepted. */
import { above, alert, atLeast, present } from "../src/alerts/rule.ts";
import { scenariosOf } from "../src/alerts/scenarios/index.ts";
import type { Scenarios } from "../src/alerts/scenarios/required.ts";
import { config } from "../src/config.ts";
import { megabytes, minutes, percent, runs, seconds } from "../src/core/units.ts";
import { axis, watchedAxis } from "../src/dashboards/axes.ts";
import { series } from "../src/dashboards/series.ts";
import { chosen, equals, json, oneOf, over, panel } from "../src/queries/logql/logs.ts";
import { max } from "../src/queries/logql/metrics.ts";
import { failureRate, failures, maxMemory, throughput } from "../src/queries/metrics.ts";
import { selection } from "../src/queries/records.ts";
import { watch, watches } from "../src/queries/watches.ts";
import { columns } from "../src/schema.ts";

const inRule = over(minutes(15));
const onPanel = panel("$__auto", selection);
const { memory, failureRate: rate } = watches(config);
const place = { dashboard: "", panel: 3 };
const window = minutes(15);
const silent = { window, name: "", limit: "", plottedBy: place };

// @ts-expect-error: unknown label
equals("sources", "zohoprojects");
// @ts-expect-error: wrong label value
equals("etat", "FAILLED");
// @ts-expect-error: wrong label value among good ones
oneOf("etat", ["SUCCESS", "ECHEC"]);
// @ts-expect-error: unknown field
json(columns.duree);
// @ts-expect-error: unwrap of a text
max({ kind: "logs", matchers: [], stages: [], mode: "literal" }, columns.description, { ...inRule, by: [] });
// @ts-expect-error: a duration is no string
over("15m");
// @ts-expect-error: a window is no number of bytes
over(megabytes(15));
// @ts-expect-error: a panel's range in a rule
over("$__auto");
// @ts-expect-error: a dashboard variable in a rule
present(failureRate(onPanel, []), silent);
// @ts-expect-error: a rule's scope takes no dashboard variable
present(failures({ ...inRule, scope: [chosen("source")] }, []), silent);
// @ts-expect-error: threshold in another unit than its metric
watch(maxMemory, { window, threshold: seconds(60), plottedBy: place, name: "" });
// @ts-expect-error: a ratio compared with a number of runs
watch(failureRate, { window, threshold: runs(1), plottedBy: place, name: "" });
// @ts-expect-error: a number of runs in a time compared with a number of runs
watch(throughput(minutes(5)), { window, threshold: runs(1), plottedBy: place, name: "" });
// @ts-expect-error: a rule without a window
watch(maxMemory, { threshold: megabytes(150), plottedBy: place, name: "" });
// @ts-expect-error: a rule that compares a metric over a window of its own
above(maxMemory(over(minutes(5)), ["source"]), { by: ["source"] });
// @ts-expect-error: a rule with a threshold of its own
atLeast(memory, { by: ["source"], threshold: megabytes(200) });
// @ts-expect-error: a rule with a window of its own
above(memory, { by: ["source"], window: minutes(5) });
// @ts-expect-error: a watch that was not made from metric, window and threshold at once
above({ measured: maxMemory, window, threshold: megabytes(150), plottedBy: place, name: "" }, { by: ["source"] });
// @ts-expect-error: a threshold line beside a metric over the panel's step
axis("mémoire", [series(maxMemory(onPanel, ["source"]))], megabytes(150));
// @ts-expect-error: a watched panel over another window than its rule
watchedAxis("mémoire", memory, { window: minutes(5) });
// @ts-expect-error: a watched panel with a threshold of its own
watchedAxis("mémoire", memory, { threshold: megabytes(200) });
// @ts-expect-error: a panel that passes a metric of its own for a watched one
watchedAxis("mémoire", maxMemory(onPanel, ["source"]));
// @ts-expect-error: grouping by what is no label
failures(inRule, ["objet"]);

const aside = {
  name: "5-surconsommation-ressources",
  title: "",
  firstAid: "",
  example: { memory: 162e6 },
} as const;
const when = { memory: above(memory, { by: ["source"] }) };
// @ts-expect-error: a sentence speaks of a value that the rule has not
alert(config, { ...aside, when, summary: ({ cpu }) => cpu.measured, meaning: () => "" });
// @ts-expect-error: a value of the rule by its letter
alert(config, { ...aside, when, summary: ({ B }) => B.measured, meaning: () => "" });
// @ts-expect-error: a condition without its comparison
alert(config, { ...aside, when: { memory: maxMemory(inRule, ["source"]) }, summary: () => "", meaning: () => "" });
// @ts-expect-error: an example without the rule's value
alert(config, { ...aside, when, example: {}, summary: () => "", meaning: () => "" });

const { "one slow run among many": slow, ...others } = scenariosOf(config)["4-latence-degradee"];
// @ts-expect-error: a rule without a scenario that is required of it
others satisfies Scenarios<"4-latence-degradee">;

// The same calls, right.
present(failureRate(inRule, []), silent);
watch(maxMemory, { window, threshold: megabytes(150), plottedBy: place, name: "" });
watch(failureRate, { window, threshold: percent(2), plottedBy: place, name: "" });
above(rate, { by: [] });
atLeast(memory, { by: ["source"] });
axis("mémoire", [series(maxMemory(onPanel, ["source"]))]);
watchedAxis("mémoire", memory, { name: "mémoire" });
({ ...others, "one slow run among many": slow }) satisfies Scenarios<"4-latence-degradee">;
alert(config, { ...aside, when, summary: ({ memory }) => memory.measured, meaning: ({ memory }) => memory.threshold });
