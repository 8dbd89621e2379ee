import { addAbortSignal } from "node:stream";
import { config } from "../../config.ts";
import { InputError } from "../../core/errors.ts";
import { spooled } from "../inputs/listing.ts";
import type { Item } from "../judging/items.ts";
import { rejectLimit } from "../judging/reject-limit.ts";
import { type Input, type PlacedPiece, piecesOf } from "../reading/pieces.ts";
import { type Delivery, headerBytes, type Mark, type Placed, type Sink } from "../sending/delivery.ts";
import { batcher, type Parcel } from "./batcher.ts";
import { recordHash } from "./record-hash.ts";
import { addTo, type Counts, count, emptyCounts, type Tally } from "./tally.ts";

/** A run over inputs: who judges, where items go, who is told, and what ends it early. */
export type Run = Readonly<{
  sink: Sink;
  decide(input: string, piece: PlacedPiece): Item;
  tally: Tally;
  /** In event mode: what was delivered before is judged again, for the failures that it left open. */
  rejudge: boolean;
  onBytes(count: number): void;
  onBatch?(counts: Counts): void;
  warn(sentence: string): void;
  signal?: AbortSignal | undefined;
}>;

const NOTHING: Mark = { records: 0, position: 0, sha256: "" };

/**
 * Reads one input and delivers what earlier runs did not.
 * Throws an `InputError` after what could be read, a `UserError` when it cannot be delivered.
 */
export async function ingestInput(
  input: Input,
  run: Run,
  { again = false } = {},
): Promise<"already" | "whole" | "interrupted"> {
  const delivery = await run.sink.begin(input, { again });
  if (delivery.done) return "already";
  const source = input.once && delivery.noted ? await readFirst(input, run) : input;
  const before = run.rejudge ? new Map(run.sink.open) : undefined;
  let pass = passOver(source, run, delivery);
  try {
    let end = await pass.done();
    if (end === "rewritten") {
      if (!input.once)
        run.warn(
          `${input.name} is not what it was when ${delivery.noted?.records} of its records were ingested: all of it is read again.`,
        );
      delivery.restart();
      if (before) {
        run.sink.open.clear();
        for (const [key, fin] of before) run.sink.open.set(key, fin);
      }
      pass = passOver(source, run, { ...delivery, noted: undefined });
      end = await pass.done();
    }
    await delivery.end({ mark: pass.mark(), complete: end === "whole" });
    return end === "interrupted" ? end : "whole";
  } catch (error) {
    await delivery.end(pass.failed() ? undefined : { mark: pass.mark(), complete: false }).catch(() => {});
    throw error;
  } finally {
    if (source !== input) await source.close?.();
  }
}

const PATIENCE_MS = 2000;

/** A pipe, in a temporary file: compared with what came through one before, sent whole if it is something else. */
async function readFirst(input: Input, { warn }: Run): Promise<Input> {
  const slow = setTimeout(
    () =>
      warn(
        `${input.name} is read to its end before it is sent, to see what of it was ingested before; --force sends it as it comes.`,
      ),
    PATIENCE_MS,
  );
  return spooled(input).finally(() => clearTimeout(slow));
}

type End = "whole" | "interrupted" | "rewritten";
type Pass = Readonly<{ done(): Promise<End>; mark(): Mark; failed(): boolean }>;

/** One reading of an input, which goes on after `noted` if it starts with the same records. */
function passOver(input: Input, run: Run, { batch: batchOf, noted }: Pick<Delivery, "batch" | "noted">): Pass {
  const { signal, tally } = run;
  const opened: Input = {
    ...input,
    open: async () => (signal ? addAbortSignal(signal, await input.open()) : input.open()),
  };
  const hash = recordHash();
  const overhead = headerBytes(input);
  const limit = rejectLimit(config.producer.maxRejects, input.name);
  let mark = noted ?? NOTHING;
  let ahead = mark;
  let failed = false;
  const queue = batcher((): Parcel<Placed> => {
    const [batch, counts] = [batchOf(), emptyCounts()];
    let [records, position] = [0, 0];
    return {
      add(placed) {
        count(counts, placed.item, { isNew: batch.add(placed) });
        if (!placed.counted) return;
        hash.add(placed.piece);
        [records, position] = [records + 1, placed.piece.position];
      },
      sealed() {
        if (records > 0) ahead = { records: ahead.records + records, position, sha256: hash.digest() };
        const next = ahead;
        return async () => {
          await batch.deliver(next).catch((error) => {
            failed = true;
            throw error;
          });
          addTo(tally, counts);
          run.onBatch?.(counts);
          mark = next;
        };
      },
    };
  });
  const read = async (): Promise<End> => {
    const skip = noted?.records ?? 0;
    let seen = 0;
    for await (const pieces of piecesOf(opened, run.onBytes)) {
      if (signal?.aborted) return "interrupted";
      for (const piece of pieces) {
        if (seen < skip) {
          hash.add(piece);
          tally.before++;
          if (run.rejudge) run.decide(input.name, piece);
          if (++seen < skip || hash.digest() === noted?.sha256) continue;
          tally.before -= seen;
          return "rewritten";
        }
        tally.read++;
        const item = limit.limited(run.decide(input.name, piece), piece.position);
        const full = queue.push({
          item,
          piece,
          counted: !(piece.torn && item.kind !== "record"),
          bytes: item.bytes + overhead,
        });
        if (full) await full;
      }
    }
    if (seen === skip) return "whole";
    tally.before -= seen;
    return "rewritten";
  };
  /** Delivers what waits, and what stands for the rejects that were not told one by one. */
  const close = async () => {
    const rest = limit.rest();
    if (rest)
      await queue.push({
        item: rest.item,
        piece: { position: rest.position, bytes: Buffer.alloc(0) },
        counted: false,
        bytes: rest.item.bytes + overhead,
      });
    await queue.close();
  };
  const done = async (): Promise<End> => {
    let end: End;
    try {
      end = await read();
    } catch (error) {
      if (failed || !(error instanceof InputError)) throw error;
      await close();
      if (!signal?.aborted) throw error;
      return "interrupted";
    }
    if (end === "rewritten") await queue.close();
    else await close();
    return end;
  };
  return { done, mark: () => mark, failed: () => failed };
}
