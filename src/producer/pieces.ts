import type { Readable } from "node:stream";
import { decoded } from "./decode.ts";
import { detail, InputError } from "./errors.ts";
import { type Piece, splitter } from "./split.ts";

/** One file, object or stream of records. `name` is its address, `size` its length in bytes where that is known. */
export type Input = Readonly<{ name: string; size: number | undefined; open(): Promise<Readable>; close?(): Promise<void> }>;

/** The records of an input, chunk by chunk; throws an `InputError` after what could be read. */
export async function* piecesOf({ name, open }: Input, onBytes: (count: number) => void = () => {}): AsyncGenerator<Iterable<Piece>> {
  const stream = await open();
  const split = splitter(name);
  let fault: unknown;
  try {
    for await (const text of decoded(name, counted(stream, onBytes))) yield split.push(text);
  } catch (error) {
    fault =
      error instanceof InputError
        ? error
        : new InputError(`${name} cannot be read to its end (${detail(error)}); what came before was used.`, { cause: error });
  } finally {
    stream.destroy();
  }
  yield split.rest();
  if (fault) throw fault;
  split.check();
}

async function* counted(stream: Readable, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onBytes(chunk.length);
    yield chunk;
  }
}
