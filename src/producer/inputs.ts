import { type FileHandle, mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { detail, InputError, UserError } from "./errors.ts";
import type { Input } from "./pieces.ts";

const BUFFER = 256 * 1024;

/** The inputs behind an address: `s3://bucket/key`, `s3://bucket/prefix/` (each object, in key order), a local file, or `-` for `stdin`. */
export async function inputsOf(from: string, stdin: Readable): Promise<readonly Input[]> {
  if (from === "-") return [{ name: "standard input", size: undefined, open: async () => stdin }];
  if (from.startsWith("s3://")) return (await import("./s3.ts")).s3Inputs(from);
  if (from.startsWith("file://")) return [await fileInput(fileURLToPath(from))];
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(from)) throw new UserError(`${from} cannot be read: only s3:// addresses, local files and - (standard input) can.`);
  return [await fileInput(from)];
}

async function fileInput(name: string): Promise<Input> {
  const unreadable = (error: unknown) =>
    new InputError(
      (error as NodeJS.ErrnoException).code === "ENOENT" ? `The file ${name} does not exist.` : `The file ${name} cannot be read (${detail(error)}).`,
      { cause: error },
    );
  const found = await stat(name).catch((error) => {
    throw unreadable(error);
  });
  if (found.isDirectory()) throw new InputError(`${name} is a folder; name one file.`);
  const openFile = async () => {
    const file = await open(name).catch((error) => {
      throw unreadable(error);
    });
    return file.createReadStream({ highWaterMark: BUFFER });
  };
  return { name, size: found.isFile() ? found.size : undefined, open: openFile };
}

/** The same input, copied to a temporary file so that it can be read twice, until `close`. */
export async function spooled(input: Input): Promise<Input> {
  try {
    const folder = await mkdtemp(path.join(tmpdir(), "ingest-"));
    const file = await open(path.join(folder, "input"), "wx+", 0o600);
    // An open file lives on without its name: nothing stays behind, however the run ends.
    await rm(folder, { recursive: true });
    for await (const chunk of await input.open()) await file.write(chunk);
    const { size } = await file.stat();
    return {
      name: input.name,
      size,
      open: async () => Readable.from(contents(file), { objectMode: false }),
      close: () => file.close(),
    };
  } catch (error) {
    throw new UserError(`${input.name} could not be copied to a temporary file in ${tmpdir()} (${detail(error)}).`, { cause: error });
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

/** The name of a load, when none is given: the input's file name without extension. */
export function loadName(from: string): string {
  if (from === "-") return "stdin";
  const last =
    from
      .split("/")
      .filter((part) => part !== "")
      .at(-1) ?? from;
  return path.parse(last.replace(/\.gz$/i, "")).name;
}
