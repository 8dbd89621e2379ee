import { recordsOf } from "../../alerting/history/period.ts";
import { PROVISIONING } from "../../core/places.ts";
import { weekAndSample } from "../../logs/data.ts";
import { readDefinitions } from "../../view/definitions.ts";

/** Every picture is of this moment (ms), on every machine. */
export const NOW = Date.UTC(2026, 10, 27, 12);

/** What pictures are made of: the generated files, and the sample beside the made-up week as the preview shows them. */
export async function material() {
  const streams = await weekAndSample(NOW);
  return { streams, records: recordsOf(streams)!, definitions: readDefinitions(PROVISIONING) };
}
export type Material = Awaited<ReturnType<typeof material>>;
