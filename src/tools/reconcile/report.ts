import { aligned } from "../../core/columns.ts";
import { messagesIn } from "../../core/kafka/admin.ts";
import { masked } from "../../core/masked.ts";
import { sentence, visibleJson } from "../../core/visible.ts";
import { jobs } from "../../schema.ts";
import { span } from "./positions.ts";
import { iso } from "./range.ts";
import { amountOfDifferences, type Cell, type Run } from "./results.ts";
import type { Report } from "./run.ts";

const SHOWN = 20;
const PLACES = 5;
/** A number whose digits stand in threes. */
export const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, " ");
const many = (count: number, one: string) => `${number(count)} ${one}${count === 1 ? "" : "s"}`;

const firstOf = (lines: readonly string[]) => {
  const more = `  … and ${many(lines.length - SHOWN, "more line")}; --format json has them all`;
  return lines.length > SHOWN ? [...lines.slice(0, SHOWN), more] : lines;
};

const columns = ["kafka", "loki", "missing", "waiting", "refused", "doubled", "unknown", "forgotten"] as const;
const sourceOf = ({ job, source }: Cell) => source || (job === jobs.rejects ? "rejets" : "INVALID");

/** Left column texts, right columns numbers. */
function table(cells: readonly Cell[], total: Report["results"]["total"]): string[] {
  const rows = [
    ["hour (UTC)", "job", "source", "Kafka", "Loki", ...columns.slice(2)],
    ...cells.map((cell) => [iso(cell.hour), cell.job, sourceOf(cell), ...columns.map((name) => number(cell[name]))]),
    ["all", "", "", ...columns.map((name) => number(total[name]))],
  ];
  return aligned(rows, { right: 3 });
}

const CAUSES = { kafka: " · the same message more than once in Kafka", loki: " · once in Kafka" } as const;

function runLine({ topic, partition, offsets, times, input, positions, by }: Run): string {
  const time = [...new Set(times)].map((one) => new Date(one).toISOString()).join(" to ");
  const cause = by ? CAUSES[by] : "";
  return `  ${topic}/${partition} offset ${span(offsets)} · ${time}${input && positions ? ` · ${input}:${span(positions)}` : ""}${cause}`;
}

const headings = {
  missing: "missing in Loki",
  waiting: "not yet read by the collector",
  refused: "refused by Loki, as the rejects say",
  doubled: "counted more than once by Loki",
} as const;

function findings(runs: readonly Run[]): string[] {
  return (Object.keys(headings) as Run["kind"][]).flatMap((kind) => {
    const found = runs.filter((run) => run.kind === kind);
    if (found.length === 0) return [];
    const messages = found.reduce((sum, { offsets: [first, last] }) => sum + last - first + 1, 0);
    return ["", `${headings[kind]}: ${many(messages, "message")}`, ...firstOf(found.map(runLine))];
  });
}

function inputs({ inputs }: Report): string[] {
  const lines = inputs.flatMap(({ input, verdict, acknowledged = 0, held, repeated, places }) => {
    const shown = [...places.slice(0, PLACES), ...(places.length > PLACES ? ["…"] : [])].join(", ");
    const lost = `${number(acknowledged)} acknowledged, but Kafka holds ${number(held)}`;
    const unchecked = `${number(acknowledged)} acknowledged; cannot be checked: Kafka no longer holds them all (${number(held)} left)`;
    const remarks = [
      ...(verdict === "lost" ? [lost] : []),
      ...(verdict === "unchecked" ? [unchecked] : []),
      ...(repeated > 0 ? [`${many(repeated, "record")} sent more than once (${shown})`] : []),
    ];
    return remarks.map((remark) => `  ${input}: ${remark}`);
  });
  const noted = inputs.filter(({ acknowledged }) => acknowledged !== undefined);
  const agree = noted.filter(({ verdict }) => verdict === "agrees").length;
  const heading = `producer: ${many(noted.length, "input")} noted in this time, ${number(agree)} of them wholly in Kafka`;
  return ["", heading, ...firstOf(lines)];
}

function resent({ resent, before, results }: Report): string[] {
  if (!resent || !before) return [];
  const reasons = [...resent.refused].map(([reason, count]) => `  Loki refused ${number(count)}: ${reason}`);
  return [
    "",
    `sent again: ${number(resent.sent)} of ${number(before.total.missing)} missing; missing now: ${number(results.total.missing)}`,
    ...reasons,
  ];
}

/** The report as a terminal shows it: what differs, by source and hour, then by name. */
export function asTable(report: Report): string {
  const { range, held, seconds, results } = report;
  const ends = [...new Set(held.map(({ topic }) => topic))].map((topic) => {
    const own = held.filter((one) => one.topic === topic).map(({ partition, high }) => `${partition}:${high}`);
    return `${topic} up to ${own.join(" ")}`;
  });
  const verdict = amountOfDifferences(results) === 0 ? "Kafka and Loki agree" : "Kafka and Loki differ";
  return `${[
    `${iso(range.from)} to ${iso(range.to)} · ${ends.join(" · ")} (${many(messagesIn(held), "message")}) · ${seconds.toFixed(1)} s`,
    "",
    ...table(results.cells, results.total),
    ...findings(results.runs),
    ...resent(report),
    ...inputs(report),
    "",
    `${verdict}${report.inputs.some(({ verdict }) => verdict === "lost") ? "; the producer's notes and Kafka differ" : ""}`,
  ]
    .map(sentence)
    .join("\n")}\n`;
}

/** Everything as one JSON object, times in ISO 8601. */
export function asJson(report: Report): string {
  const isoAll = (key: string, value: unknown) => {
    if (value instanceof Map) return Object.fromEntries(value);
    if (key === "hour" || key === "from" || key === "to") return new Date(value as number).toISOString();
    return key === "times" ? (value as number[]).map((time) => new Date(time).toISOString()) : value;
  };
  return visibleJson(masked(`${JSON.stringify(report, isoAll, 2)}\n`));
}

/** 0 when all agrees, 1 when something differs. */
export const statusOf = ({ results, inputs }: Report): 0 | 1 =>
  amountOfDifferences(results) > 0 || inputs.some(({ verdict }) => verdict === "lost") ? 1 : 0;
