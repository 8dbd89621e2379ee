import type * as zod from "zod";
import { z } from "../../core/libraries.ts";
import { shaped } from "../../core/shaped.ts";
import { columns } from "../../schema.ts";
import { readShare, type Share, shareText, WHOLE } from "../inputs/share.ts";

/**
 * The key of the lease messages, with a line end and the share where there is one.
 * A key with a bracket at its start is a failure's, one with `labels` and a line end that of labels, others an input's.
 */
const WRITER = "writer";
const SHARED = `${WRITER}\n`;
export const leaseKeyOf = (share: Share): string => (share.of === 1 ? WRITER : SHARED + shareText(share));
/** The share whose lease a key is about; `undefined` for every other key. */
export function shareOf(key: string): Share | undefined {
  if (key === WRITER) return WHOLE;
  return key.startsWith(SHARED) ? readShare(key.slice(SHARED.length)) : undefined;
}
const LABELS = "labels\n";
export const isLabels = (key: string): boolean => key.startsWith(LABELS);
export const isFailure = (key: string): boolean => key.startsWith("[");
/** The key in the topic of what `labelsKey` gave, and back. */
export const stateKeyOf = (labelsKey: string): string => LABELS + labelsKey;
export const labelsKeyOf = (key: string): string => key.slice(LABELS.length);

const offsets = z.record(z.string(), z.int().min(0));
const objectState = z.object({
  /** The run that wrote this; its records renew its lease. */
  holder: z.string(),
  /** The ETag of an object, size and time of a file; absent where there is none. */
  version: z.string().optional(),
  /** How many records were acknowledged (sent or rejected), the place of the last, the SHA-256 over their bytes. */
  records: z.int().min(0),
  position: z.int().min(0),
  sha256: z.string(),
  complete: z.boolean(),
  /** By topic and partition, an offset before which nothing stands that is not acknowledged here. */
  from: z.record(z.string(), offsets),
});
/** A moment as the producer writes it; anything else would make a recovery of no length. */
const failure = z.object({
  fin: z.string().refine((fin) => columns.fin.schema.safeParse(fin).success && !Number.isNaN(Date.parse(fin))),
});
const lease = z.object({ holder: z.string(), ttl: z.int().min(0) });

/** What the state topic holds of one input. */
export type ObjectState = Readonly<zod.infer<typeof objectState>>;
/** A claim, a renewal, or with a `ttl` (milliseconds) of 0 a release. */
export type LeaseClaim = Readonly<zod.infer<typeof lease>>;

const reader =
  <T>(shape: zod.ZodType<T>) =>
  (value: string): T | undefined =>
    shaped(shape, value);

/** A stored value, or `undefined` for one that is not of this shape. */
export const readObjectState = reader(objectState);
export const readLeaseClaim = reader(lease);
export const readFailure = reader(failure);
