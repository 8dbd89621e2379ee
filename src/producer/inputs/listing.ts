import type { Readable } from "node:stream";
import { UserError } from "../../core/errors.ts";
import { kindOf, pathOf } from "./address.ts";
import { localInputs } from "./files.ts";
import type { Input } from "./input.ts";
import { fullLister, type Lister } from "./lister.ts";

/**
 * The inputs behind an address: `s3://bucket/key`, `s3://bucket/prefix/`, a local file, `-` for `stdin`,
 * or a folder (all that is under it, in the order of the names).
 */
export async function inputsOf(from: string, stdin: Readable): Promise<readonly Input[]> {
  const inputs = await listing(from, stdin)();
  if (inputs.length > 0) return inputs;
  throw new UserError(
    kindOf(from) === "s3"
      ? `${from} holds no object; check the prefix.`
      : `The folder ${from} holds no file; name another.`,
  );
}

/** A function that lists what is behind an address now. */
export function listing(from: string, stdin: Readable): () => Promise<readonly Input[]> {
  switch (kindOf(from)) {
    case "stdin": {
      const name = "standard input";
      return async () => [
        { name, address: "-", version: undefined, size: undefined, open: async () => stdin, once: true },
      ];
    }
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
