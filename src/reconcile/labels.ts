// PLACEHOLDER until the collector's own rule is there.
import { etats, INVALID, jobs, streamLabels } from "../schema.ts";
import { topics } from "../topics.ts";
import type { Entry } from "./entries.ts";

export const jobOf: Readonly<Record<string, string>> = { [topics.records]: jobs.records, [topics.rejects]: jobs.rejects };

export function labelsOf(topic: string, line: string): Entry["labels"] {
  const job = jobOf[topic]!;
  if (topic === topics.rejects) return { job };
  let record: Record<string, unknown> = {};
  try {
    record = JSON.parse(line);
  } catch {}
  const labels = Object.fromEntries(streamLabels.flatMap(({ name }) => (typeof record?.[name] === "string" ? [[name, record[name] as string]] : [])));
  const valid = streamLabels.every(({ name, required }) => !required || labels[name]) && etats.includes(labels.etat as never);
  return { job, ...labels, ...(!valid && { etat: INVALID }) };
}

export const consumerGroups = [
  { group: "promtail-consumer", topic: topics.records },
  { group: "promtail-consumer-rejets", topic: topics.rejects },
] as const;
