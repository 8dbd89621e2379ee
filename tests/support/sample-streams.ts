import { Readable } from "node:stream";
import type { Stream } from "../../src/alerting/store.ts";
import { recordLabels } from "../../src/core/record/labels.ts";
import { inputsOf } from "../../src/producer/inputs/listing.ts";
import type { Item } from "../../src/producer/judging/items.ts";
import { ingest } from "../../src/producer/run/ingest.ts";
import { forgetfulSink, itemsOf } from "../../src/producer/sending/delivery.ts";
import { SAMPLE } from "./expected.ts";

/**
 * The sample as it stands in Loki when the producer has just sent it, labelled by the collector; `arrival` in
 * milliseconds since 1970.
 */
export async function sampleStreams(arrival: number): Promise<readonly Stream[]> {
  const streams: Stream[] = [];
  const deliver = async (items: readonly Item[]) => {
    for (const item of items)
      if (item.kind === "record")
        streams.push({ labels: recordLabels(Buffer.from(item.line)), entries: [[item.time / 1000, item.line]] });
  };
  const options = { timestamps: "arrival", zone: "UTC", load: "" } as const;
  await ingest(options, {
    inputs: await inputsOf(SAMPLE, Readable.from([])),
    connect: async () => forgetfulSink(itemsOf(deliver)),
    now: () => arrival,
  });
  return streams;
}
