import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../core/errors.ts";
import { listing } from "../../producer/inputs/listing.ts";

const EVERY_MS = 250;
const EVERY_REMOTE_MS = 5000;

/** Names and versions of all that is behind an address; undefined while it cannot be read. */
async function stateOf(list: ReturnType<typeof listing>): Promise<string | undefined> {
  try {
    return JSON.stringify((await list()).map(({ address, version, size }) => [address, version, size]));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
}

/** Calls back after every change of a file, a folder or an S3 address, once it has settled, until the signal. */
export function whenChanged(
  address: string,
  then: () => void | Promise<void>,
  { signal }: Readonly<{ signal: AbortSignal }>,
): void {
  const list = listing(address, Readable.from([]));
  const every = address.startsWith("s3://") ? EVERY_REMOTE_MS : EVERY_MS;
  const watch = async () => {
    let settled = await stateOf(list);
    let before = settled;
    while (!signal.aborted) {
      await sleep(every, undefined, { signal }).catch(() => {});
      const state = await stateOf(list);
      if (state !== undefined && state !== settled && state === before) {
        settled = state;
        await then();
      }
      before = state;
    }
  };
  void watch();
}
