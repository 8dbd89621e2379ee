import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { detail, UserError } from "../../core/errors.ts";
import { BUFFER } from "./files.ts";
import type { Input } from "./input.ts";

/** The same input, copied to a temporary file so that it can be read twice, until `close`. */
export async function spooled({ name, address, version, open: opened }: Input): Promise<Input> {
  try {
    const folder = await mkdtemp(path.join(tmpdir(), "ingest-"));
    const file = await open(path.join(folder, "input"), "wx+", 0o600);
    // An open file lives on without its name: nothing stays behind, however the run ends.
    await rm(folder, { recursive: true });
    for await (const chunk of await opened()) await file.write(chunk);
    return {
      name,
      address,
      version,
      size: (await file.stat()).size,
      open: async () => Readable.from(contents(file), { objectMode: false }),
      close: () => file.close(),
    };
  } catch (cause) {
    throw new UserError(`${name} could not be copied to a temporary file in ${tmpdir()} (${detail(cause)}).`, {
      cause,
    });
  }
}

/** The bytes from the start; unlike a stream of the file, reading them leaves the file open. */
async function* contents(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(BUFFER), 0, BUFFER, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
