import { stringify } from "yaml";
import type { Config } from "../../core/config/schema.ts";
import { table } from "../../core/markdown.ts";
import { rulesInstead } from "./alerts.ts";
import { bytes, count, percent, time } from "./amounts.ts";
import { assumptions, costs } from "./costs.ts";
import type { Load } from "./load.ts";
import { panelsOf } from "./panels.ts";
import type { Instead } from "./promql.ts";
import { fits, type QueryCost, ruleQueries } from "./queries.ts";
import { ruleGroup } from "./recording.ts";
import { type Size, sizeOf } from "./size.ts";

/** The sizes of the table: records a day, and the sources that bring them. */
const SIZES = [
  [1e3, 7],
  [1e4, 20],
  [1e5, 100],
  [1e6, 300],
  [1e7, 300],
  [1e8, 300],
  [1e9, 300],
] as const;

const columns: readonly (readonly [string, (size: Size) => string])[] = [
  ["records a day", ({ load }) => count(load.recordsPerDay)],
  ["sources", ({ load }) => count(load.sources)],
  ["records/s, mean and busiest", ({ mean, peak }) => `${count(mean)}, ${count(peak)}`],
  ["producer busy", ({ producer }) => percent(producer)],
  ["partitions", ({ kafka }) => count(kafka.partitions)],
  ["forwarders", ({ kafka }) => count(kafka.forwarders)],
  ["brokers", ({ kafka }) => count(kafka.brokers)],
  ["disk a broker", ({ kafka }) => kafka.disk],
  ["Loki's streams", ({ loki }) => count(loki.streams)],
  ["chunks a day", ({ loki }) => count(Math.ceil(loki.chunksPerDay))],
  ["bytes a day", ({ loki }) => bytes(loki.bytesPerDay)],
  ["stored", ({ loki }) => bytes(loki.stored)],
  ["PUT a month", ({ loki }) => count(Math.ceil(loki.putsPerMonth))],
  ["replicas", ({ loki }) => count(loki.replicas)],
  ["slowest query", ({ slowest }) => `${slowest.name}: ${time(slowest.seconds)}`],
  ["panels too slow", ({ tooSlow }) => count(tooSlow.length)],
  ["alert rules too slow", ({ rulesTooSlow }) => count(rulesTooSlow.length)],
];

const loadOf = (config: Config, [recordsPerDay, sources]: (typeof SIZES)[number]): Load => ({
  recordsPerDay,
  sources,
  retention: config.retention,
  peak: assumptions.peak,
});

const sizes = (config: Config) => {
  const all = SIZES.map((size) => sizeOf(loadOf(config, size), config));
  // One size a column: seven are read more easily beside each other.
  const [head, ...rest] = columns.map(([name, show]) => [name, ...all.map(show)]);
  return table(head!, rest, { alignment: (column) => (column === 0 ? "---" : "--:") });
};

const firstTooLarge = (query: QueryCost) => SIZES.find(([records]) => !fits(query, records))?.[0];

type Slow = Readonly<{ query: QueryCost; instead?: Instead | undefined }>;
function insteadOf(name: string, { query, instead }: Slow): readonly string[] {
  const at = firstTooLarge(query);
  if (at === undefined || !instead) return [name, "fits", "", "", ""];
  const rules = instead.rules.map((rule) => `\`${rule}\``).join(", ");
  return [name, count(at), rules, `\`${instead.promql}\``, instead.exact ? "yes" : "no"];
}
const HEAD = ["", "no longer fits at", "recording rule", "asks Prometheus", "the same answer"];
const slowPanels = (config: Config) => {
  const ofPanels = panelsOf(config).map(({ name, ...panel }) => insteadOf(name, panel));
  const ofRules = Object.entries(ruleQueries).map(([name, query]) =>
    insteadOf(`rule ${name}`, { query, instead: rulesInstead[name as keyof typeof ruleQueries] }),
  );
  return table(HEAD, [...ofPanels, ...ofRules]);
};

const rules = () => `\`\`\`yaml\n${stringify(ruleGroup(), { lineWidth: 0 })}\`\`\``;

/** The generated part of `docs/scale.md`. */
export const scale = (config: Config): string =>
  [
    sizes(config),
    `A query may take ${count(costs.queryTime.value)} s (${costs.queryTime.from}). Up to a thousand million records a day, each panel and rule fits or asks something else. What gives the same answer gives it to the five minutes of a record:`,
    slowPanels(config),
    "The recording rules:",
    rules(),
  ].join("\n\n");
