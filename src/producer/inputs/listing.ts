import type { Stats } from "node:fs";
import { type FileHandle, mkdtemp, open, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { detail, InputError, UserError } from "../../core/errors.ts";
import type { Input } from "../reading/pieces.ts";
import { fullLister, type Lister } from "./lister.ts";

const BUFFER = 256 * 1024;

export type From = "stdin" | "s3" | "local";

/** What kind of address this is; throws a `UserError` for one that cannot be read. */
export function kindOf(from: string): From {
  if (from === "-") return "stdin";
  if (from.startsWith("s3://")) return "s3";
  if (!from.startsWith("file://") && /^[a-z][a-z0-9+.-]+:\/\//i.test(from))
    throw new UserError(`${from} cannot be read: only s3:// addresses, local files and - (standard input) can.`);
  return "local";
}

/**
 * The inputs behind an address: `s3://bucket/key`, `s3://bucket/prefix/`, a local file, `-` for `stdin`,
 * or a folder (all that is under it, in the order of the names).
 */
export async function inputsOf(from: string, stdin: Readable): Promise<readonly Input[]> {
  const inputs = await listing(from, stdin)();
  if (inputs.length > 0) return inputs;
  throw new UserError(
    kindOf(from) === "s3" ? `${from} holds no object; check the prefix.` : `The folder ${from} holds no file.`,
  );
}

/** A function that lists what is behind an address now. */
export function listing(from: string, stdin: Readable): () => Promise<readonly Input[]> {
  switch (kindOf(from)) {
    case "stdin":
      return async () => [
        {
          name: "standard input",
          address: "-",
          version: undefined,
          size: undefined,
          open: async () => stdin,
          once: true,
        },
      ];
    case "s3": {
      const list = import("./s3/listing.ts").then(({ s3Listing }) => s3Listing(from));
      list.catch(() => {});
      return async () => (await list)();
    }
    case "local":
      return () => localInputs(pathOf(from));
  }
}

/** Looks at an address every so often. */
export async function listerOf(
  from: string,
  { stdin, everyMs }: Readonly<{ stdin: Readable; everyMs: number }>,
): Promise<Lister> {
  return kindOf(from) === "s3"
    ? (await import("./s3/listing.ts")).s3Lister(from, everyMs)
    : fullLister(listing(from, stdin));
}

/** The address that starts those of all inputs in a folder or under a prefix. */
export const addressOf = (from: string): string =>
  kindOf(from) === "local" ? `${pathToFileURL(path.resolve(pathOf(from))).href}/` : from;

/** Whether an address can hold several inputs: a prefix or a folder. */
export const isMany = async (from: string): Promise<boolean> =>
  from.endsWith("/") ||
  (kindOf(from) === "local" &&
    (await stat(pathOf(from)).then(
      (found) => found.isDirectory(),
      () => false,
    )));

const pathOf = (from: string) => (from.startsWith("file://") ? fileURLToPath(from) : from);

async function localInputs(name: string): Promise<readonly Input[]> {
  const found = await stat(name).catch((error) => {
    throw unreadable(name, error);
  });
  if (!found.isDirectory()) return [fileInput(name, found)];
  const entries = await readdir(name, { recursive: true, withFileTypes: true }).catch((error) => {
    throw unreadable(name, error);
  });
  const visible = entries.filter(
    (entry) =>
      entry.isFile() &&
      !path
        .relative(name, path.join(entry.parentPath, entry.name))
        .split(path.sep)
        .some((part) => part.startsWith(".")),
  );
  const files = visible
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  // A file that has gone since is not there.
  const inputs = await Promise.all(
    files.map((file) =>
      stat(file).then(
        (stats) => [fileInput(file, stats)],
        () => [],
      ),
    ),
  );
  return inputs.flat();
}

const unreadable = (name: string, error: unknown) =>
  new InputError(
    (error as NodeJS.ErrnoException).code === "ENOENT"
      ? `The file ${name} does not exist.`
      : `The file ${name} cannot be read (${detail(error)}).`,
    { cause: error },
  );

function fileInput(name: string, found: Stats): Input {
  const openFile = async () => {
    const file = await open(name).catch((error) => {
      throw unreadable(name, error);
    });
    return file.createReadStream({ highWaterMark: BUFFER });
  };
  const address = pathToFileURL(path.resolve(name)).href;
  // A pipe has no content of its own that could be known again.
  if (!found.isFile()) return { name, address, version: undefined, size: undefined, open: openFile, once: true };
  return {
    name,
    address,
    version: `${found.size} bytes at ${found.mtime.toISOString()}`,
    size: found.size,
    modified: found.mtimeMs,
    open: openFile,
  };
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
      address: input.address,
      version: input.version,
      size,
      open: async () => Readable.from(contents(file), { objectMode: false }),
      close: () => file.close(),
    };
  } catch (error) {
    throw new UserError(`${input.name} could not be copied to a temporary file in ${tmpdir()} (${detail(error)}).`, {
      cause: error,
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
