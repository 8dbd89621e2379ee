import { Readable } from "node:stream";
import type { Stream } from "../../../alerting/store.ts";
import { SAMPLE } from "../../../core/places.ts";
import { forgetfulSink, type Placed } from "../../../producer/delivery.ts";
import { ingest } from "../../../producer/ingest.ts";
import { inputsOf } from "../../../producer/inputs.ts";
import { jobs, type NormalisedRecord, streamLabels } from "../../../schema.ts";

/** The bundled sample as the producer replays it, so that its newest record is at a moment (seconds): its streams. */
export async function sampleStreams(at: number): Promise<readonly Stream[]> {
  const streams: Stream[] = [];
  const deliver = async (batch: readonly Placed[]) => {
    for (const { item } of batch) {
      if (item.kind !== "record") continue;
      const record = JSON.parse(item.line) as NormalisedRecord;
      const labels = Object.fromEntries(
        streamLabels.flatMap(({ name }) => (record[name] === undefined ? [] : [[name, record[name]]])),
      );
      streams.push({ labels: { job: jobs.records, ...labels }, entries: [[item.time / 1000, item.line]] });
    }
  };
  const connect = async () => forgetfulSink(deliver);
  const inputs = await inputsOf(SAMPLE, Readable.from([]));
  await ingest({ timestamps: "replay", zone: "UTC", load: "" }, { inputs, connect, now: () => at * 1000 });
  return streams;
}
