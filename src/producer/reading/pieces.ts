import { detail, InputError, InterruptedRead, RefusedInput } from "../../core/errors.ts";
import type { Input } from "../inputs/input.ts";
import { type Bytes, decoded } from "./decode.ts";
import { hurried } from "./hurried.ts";
import { type Piece, splitter } from "./split.ts";

/** A record with its place; `torn` stands after the last line end (or comma): it may go on when the input grows. */
export type PlacedPiece = Piece & Readonly<{ torn?: true }>;

/** The records of an input, chunk by chunk; throws an `InputError` after what could be read. */
export async function* piecesOf(
  { name, open, paced }: Input,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<Iterable<PlacedPiece>> {
  const stream = await open();
  const split = splitter(name);
  let fault: unknown;
  try {
    for await (const text of decoded(name, counted(paced ? hurried(name, stream) : stream, onBytes)))
      yield split.push(text);
  } catch (error) {
    fault =
      error instanceof InputError
        ? error
        : new InterruptedRead(`${name} cannot be read to its end (${detail(error)}); what came before was used.`, {
            cause: error,
          });
  } finally {
    stream.destroy();
  }
  if (!(fault instanceof InterruptedRead || fault instanceof RefusedInput))
    yield [...split.rest()].map((piece) => ({ ...piece, torn: true as const }));
  if (fault) throw fault;
  split.check();
}

async function* counted(stream: Bytes, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** Whether an input holds any record (reads only the first); throws an `InputError` if it is unreadable or not ours. */
export async function holdsRecords(input: Input): Promise<boolean> {
  for await (const pieces of piecesOf(input)) for (const _ of pieces) return true;
  return false;
}
