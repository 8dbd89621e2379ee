import { addAbortSignal } from "node:stream";
import { config } from "../../config.ts";
import { InputError } from "../../core/errors.ts";
import type { Input } from "../inputs/input.ts";
import type { Item } from "../judging/items.ts";
import { rejectLimit } from "../judging/reject-limit.ts";
import { type PlacedPiece, piecesOf } from "../reading/pieces.ts";
import { type Delivery, headerBytes, type Mark, NO_MARK, type Placed, type Sink } from "../sending/delivery.ts";
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

type Noted = Pick<Delivery, "batch" | "noted">;
type End = "whole" | "interrupted" | "rewritten";
type Pass = Readonly<{ done(): Promise<End>; mark(): Mark; failed(): boolean }>;

/** What is delivered of an input, by parcels: `mark` is how far it was acknowledged, `hash` that of its records. */
function parcels({ tally, onBatch }: Run, { batch: batchOf, noted }: Noted) {
  const hash = recordHash();
  let mark = noted ?? NO_MARK;
  let ahead = mark;
  let failed = false;
  const open = (): Parcel<Placed> => {
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
          onBatch?.(counts);
          mark = next;
        };
      },
    };
  };
  return { hash, open, mark: () => mark, failed: () => failed };
}

/** One reading of an input, which goes on after what is noted if it starts with the same records. */
export function passOver(input: Input, run: Run, delivery: Noted): Pass {
  const { signal, tally, rejudge } = run;
  const { noted } = delivery;
  const opened: Input = {
    ...input,
    open: async () => (signal ? addAbortSignal(signal, await input.open()) : input.open()),
  };
  const { hash, open, mark, failed } = parcels(run, delivery);
  const queue = batcher(open);
  const overhead = headerBytes(input);
  const limit = rejectLimit(config.producer.maxRejects, input.name);
  const read = async (): Promise<End> => {
    const skip = noted?.records ?? 0;
    let seen = 0;
    for await (const pieces of piecesOf(opened, run.onBytes)) {
      if (signal?.aborted) return "interrupted";
      for (const piece of pieces) {
        if (seen < skip) {
          hash.add(piece);
          tally.before++;
          if (rejudge) run.decide(input.name, piece);
          if (++seen < skip || hash.digest() === noted?.sha256) continue;
          tally.before -= seen;
          return "rewritten";
        }
        tally.read++;
        const item = limit.limited(run.decide(input.name, piece), piece.position);
        const counted = !(piece.torn && item.kind !== "record");
        const full = queue.push({ item, piece, counted, bytes: item.bytes + overhead });
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
    if (rest) {
      const piece = { position: rest.position, bytes: Buffer.alloc(0) };
      await queue.push({ item: rest.item, piece, counted: false, bytes: rest.item.bytes + overhead });
    }
    await queue.close();
  };
  const done = async (): Promise<End> => {
    let end: End;
    try {
      end = await read();
    } catch (error) {
      if (failed() || !(error instanceof InputError)) throw error;
      await close();
      if (!signal?.aborted) throw error;
      return "interrupted";
    }
    if (end === "rewritten") await queue.close();
    else await close();
    return end;
  };
  return { done, mark, failed };
}
