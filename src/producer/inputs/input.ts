import type { Readable } from "node:stream";

/** One file, object or stream of records. */
export type Input = Readonly<{
  /** What the user called it. */
  name: string;
  /** Its address (`s3://…`, `file://…`, or `-`), by which its progress is stored. */
  address: string;
  /** Of an object in S3. */
  key?: string;
  /** What changes when its content does: the ETag of an object, size and time of a file. */
  version: string | undefined;
  /** In bytes, where it is known. */
  size: number | undefined;
  /** Milliseconds since 1970, where it is known. */
  modified?: number | undefined;
  /** Its bytes come over a network: they may not drip for ever. */
  paced?: true;
  /** It can be opened only once. */
  once?: true;
  open(): Promise<Readable>;
  /** Told once nothing is left to do for it. */
  settled?(): Promise<void>;
  close?(): Promise<void>;
}>;

/** By their names' bytes, as S3 lists its keys. */
export const byName = (a: Input, b: Input): number => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));

/** The size of all inputs together, where each one's is known. */
export const sizeOf = (inputs: readonly Input[]): number | undefined =>
  inputs.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
