import { Readable } from "node:stream";
import { recordsOf } from "../../../alerting/history/period.ts";
import { dataOf } from "../../../logs/data.ts";
import type { Read } from "../read/own-records.ts";
import type { Material } from "./page.ts";

/** The sample has no time of its own: it always stands at this one, so that the same change gives the same page. */
const SAMPLE_AT = Date.UTC(2026, 10, 27, 12);
/** Long enough for windows to pass the newest record of the sample, and for a silence to show. */
const AFTER = 2 * 3600;

/** The bundled sample. */
async function ofSample(): Promise<Material> {
  const { streams } = await dataOf(
    { sample: true, follow: false, now: SAMPLE_AT },
    { zone: "UTC", stdin: Readable.from([]) },
  );
  const records = recordsOf(streams)!;
  const period = { from: records.oldest, to: SAMPLE_AT / 1000 + AFTER };
  return { drawn: { streams, now: SAMPLE_AT }, judged: { records, period }, name: "the sample" };
}

/** Somebody's own records where there are any, else the sample. */
export const materialOf = async (read: Read | undefined): Promise<Material> => {
  if (!read) return ofSample();
  const { streams, own } = read;
  return { drawn: { streams, now: own.period.to * 1000 }, judged: own, name: own.name };
};
