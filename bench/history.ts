import type { Streams } from "../src/logql/streams.ts";
import type { NormalisedRecord } from "../src/schema.ts";
import { random } from "../tests/support/random.ts";

/** Generated runs of several sources, evenly over a time, the same on every machine. */
const sources = ["zohoprojects", "zohobooks", "zohocrm", "PowerBI", "Efficy", "sharepoint_graph", "EasyProjects"];
const BATCH = 4000;

function record(next: () => number, time: number, index: number): NormalisedRecord {
  const failed = next() < 0.014;
  const seconds = Math.round(800 + next() ** 6 * 60_000) / 1000;
  const iso = (ms: number) => new Date(ms).toISOString().replace("Z", "000Z");
  return {
    etat: failed ? "FAILED" : "SUCCESS",
    source: sources[Math.floor(next() * sources.length)]!,
    entreprise: "akonovia",
    zone: "1-Raw",
    objet: `objet${index % 40}`,
    objet_id: index % 4000,
    transformation: "Zoho_API_get_data",
    parametres: `/v3/objet${index % 40}?page=${index % 97}&depuis=2026-01-01`,
    sequence: iso(time).slice(0, 16),
    debut: iso(time - seconds * 1000),
    fin: iso(time),
    ...(!failed && {
      duree_s: seconds,
      cpu_s: Math.round(next() * 8000) / 1000,
      memoire_octets: Math.round(next() * 1.2e8),
    }),
    description: failed ? "Le service distant a répondu 503 après trois essais" : "Tout roule, pas de stress!",
    ...(!failed && next() < 0.01 && { retablissement_s: Math.round(next() * 3600) }),
  };
}

/**
 * `count` runs over the `hours` before `end` (ms), oldest first, each with its time (ms) and the labels of its stream.
 */
export function* history(
  count: number,
  hours: number,
  end: number,
): Generator<{ time: number; labels: Record<string, string>; line: string }> {
  const next = random(count);
  const spacing = (hours * 3_600_000) / count;
  for (let index = 0; index < count; index++) {
    const time = Math.floor(end - (count - index) * spacing);
    const run = record(next, time, index);
    const { etat, source, entreprise, zone } = run;
    yield { time, labels: { job: "kafka-logs", etat, source, entreprise, zone }, line: JSON.stringify(run) };
  }
}

/** The same runs as streams in memory. */
export function streamsOfHistory(count: number, hours: number, end: number): Streams {
  const byLabels = new Map<string, { labels: Record<string, string>; times: number[]; lines: string[] }>();
  for (const { time, labels, line } of history(count, hours, end)) {
    const key = JSON.stringify(labels);
    const stream = byLabels.get(key) ?? { labels, times: [], lines: [] };
    byLabels.set(key, stream);
    stream.times.push((time - end) * 1e6);
    stream.lines.push(Buffer.from(line, "latin1").toString("latin1"));
  }
  return { origin: BigInt(end) * 1_000_000n, streams: [...byLabels.values()] };
}

/** Pushes `count` runs over the `hours` before `end` (ms) to one tenant of Loki, oldest first. */
export async function fill(url: string, tenant: string, count: number, hours: number, end: number): Promise<void> {
  let [streams, index] = [new Map<string, { stream: Record<string, string>; values: [string, string][] }>(), 0];
  for (const { time, labels, line } of history(count, hours, end)) {
    const key = JSON.stringify(labels);
    const stream = streams.get(key) ?? { stream: labels, values: [] };
    streams.set(key, stream);
    stream.values.push([`${time}${String(index++ % 1_000_000).padStart(6, "0")}`, line]);
    if (index % BATCH > 0 && index < count) continue;
    const response = await fetch(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-scope-orgid": tenant },
      body: JSON.stringify({ streams: [...streams.values()] }),
    });
    if (!response.ok) throw new Error(`Loki refused the history: ${response.status} ${await response.text()}`);
    streams = new Map();
  }
}
