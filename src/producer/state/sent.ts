import type { IHeaders, Kafka } from "kafkajs";
import type { Offsets } from "../../core/kafka/admin.ts";
import { topicReader } from "../../core/kafka/reader.ts";
import { placeHeaders, topics } from "../../core/topics.ts";
import type { Placed } from "../sending/delivery.ts";

const header = (headers: IHeaders | undefined, name: string) => headers?.[name]?.toString();

/** What Kafka holds of an input beyond its acknowledged position, from `from` to `ends`: message texts by position. */
export async function sentBeyond(
  kafka: Kafka,
  { address, position }: Readonly<{ address: string; position: number }>,
  { from, ends }: Readonly<{ from: Offsets; ends: Offsets }>,
): Promise<ReadonlyMap<number, string>> {
  const sent = new Map<number, string>();
  const names = [topics.records, topics.rejects].filter((topic) =>
    Object.entries(ends[topic] ?? {}).some(([partition, end]) => end > (from[topic]?.[partition] ?? 0)),
  );
  if (names.length === 0) return sent;
  const reader = topicReader(kafka, {
    topics: names,
    from,
    each: ({ message: { headers, value } }) => {
      const at = Number(header(headers, placeHeaders.position));
      if (header(headers, placeHeaders.input) === address && at > position) sent.set(at, value?.toString() ?? "");
    },
  });
  try {
    await reader.until(Object.fromEntries(names.map((topic) => [topic, ends[topic] ?? {}])));
  } finally {
    await reader.close();
  }
  return sent;
}

export function textOf({ item }: Placed): string {
  if (item.kind === "record") return item.line;
  return item.kind === "untold" ? "" : item.message;
}
