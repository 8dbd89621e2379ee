import { Readable } from "node:stream";
import { recordsOf } from "../../alerting/history/period.ts";
import { PROVISIONING } from "../../core/places.ts";
import { dataOf } from "../../logs/data.ts";
import { type Definitions, readDefinitions } from "../../view/definitions.ts";

/** Every picture is of this moment (ms), on every machine. */
export const NOW = Date.UTC(2026, 10, 27, 12);

/** What pictures are made of: the generated files, and the sample beside the made-up week as the preview shows them. */
export async function material() {
  const { streams } = await dataOf(
    { sample: false, follow: false, now: NOW },
    { zone: "UTC", stdin: Readable.from([]) },
  );
  const definitions: Definitions = readDefinitions(PROVISIONING);
  return { streams, records: recordsOf(streams)!, definitions };
}
export type Material = Awaited<ReturnType<typeof material>>;
