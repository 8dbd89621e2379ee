import { recordsOf } from "../../alerting/history/period.ts";
import { PROVISIONING } from "../../core/places.ts";
import { PICTURED_AT, weekAndSample } from "../../logs/data.ts";
import { readDefinitions } from "../../view/definitions.ts";

/** What pictures are made of: the generated files, and the sample beside the made-up week as the preview shows them. */
export async function material() {
  const streams = await weekAndSample(PICTURED_AT);
  return { streams, records: recordsOf(streams)!, definitions: readDefinitions(PROVISIONING) };
}
export type Material = Awaited<ReturnType<typeof material>>;
