import { HOUR_MS } from "../../core/spans.ts";
import { type Fingerprint, fingerprint } from "../inputs/fingerprint.ts";

/** What is kept of every input of the state topic: some 25 bytes each, where its state as text would take 400. */
export type KnownInputs = Readonly<{
  /** The state of an input is now this: the version that was delivered whole, or `undefined`. */
  note(key: string, version: string | undefined, time: number): void;
  drop(key: string): void;
  has(key: string): boolean;
  /** Whether this very version was delivered whole. */
  isDone(key: string, version: string): boolean;
  /** The input stands in a listing. */
  see(key: string): void;
  /** Whether an input was last noted before a time, and not seen since the last `lookAfresh`. */
  isForgettable(key: string, before: number): boolean;
  anyForgettable(before: number): boolean;
  lookAfresh(): void;
}>;

/**
 * Of an input: the key's fingerprint, the version's, the hour of its last note
 * with the number of the look that saw it last, and the next input of its chain.
 */
const CELLS = 6;
const NEXT = 5;
const IN_STEP = 1 << 14;
const FIRST_CHAINS = 1 << 10;
/** In the mean, at most so many inputs stand in a chain. */
const IN_CHAIN = 4;
/** Address space for ninety million inputs, of which memory is taken as it is needed. */
const MOST_BYTES = 2 ** 31;
/** A chain takes one number where its inputs take a dozen or two. */
const MOST_CHAIN_BYTES = MOST_BYTES / 8;
const LOOKS = 256;
const DROPPED: Fingerprint = [0, 0];
const NOT_DONE: Fingerprint = [0, 1];

const hourOf = (time: number): number => Math.max(0, Math.floor(time / HOUR_MS));
/** Numbers that grow where they are: a copy would for a while be there twice, and leave a hole behind. */
function growing(maxByteLength: number) {
  const buffer = new ArrayBuffer(0, { maxByteLength });
  const numbers = new Uint32Array(buffer);
  return { numbers, grow: (length: number) => buffer.resize(length * numbers.BYTES_PER_ELEMENT) };
}

/** A table of fingerprints. That two of a million keys share one happens once in 40 million such tables. */
export function knownInputs(): KnownInputs {
  const { numbers: cells, grow } = growing(MOST_BYTES);
  /** The place of the first input of each chain, from 1. */
  const { numbers: chains, grow: growChains } = growing(MOST_CHAIN_BYTES);
  growChains(FIRST_CHAINS);
  let count = 0;
  let look = 1;

  const isKnown = (at: number) => cells[at + 2] !== 0 || cells[at + 3] !== 0;
  const placeOf = (number: number) => (number - 1) * CELLS;
  const chain = (number: number): void => {
    const at = placeOf(number);
    const head = cells[at]! % chains.length;
    cells[at + NEXT] = chains[head]!;
    chains[head] = number;
  };
  const inChain = ([low, high]: Fingerprint): number | undefined => {
    for (let number = chains[low % chains.length]!; number !== 0; ) {
      const at = placeOf(number);
      if (cells[at] === low && cells[at + 1] === high) return at;
      number = cells[at + NEXT]!;
    }
    return undefined;
  };
  const found = (key: string): number | undefined => {
    const at = inChain(fingerprint(key));
    return at !== undefined && isKnown(at) ? at : undefined;
  };
  /** The place of a key, made where it has none; that of one which was dropped is its own again. */
  const madeFor = (print: Fingerprint): number => {
    const place = inChain(print);
    if (place !== undefined) return place;
    if (count % IN_STEP === 0) grow((count + IN_STEP) * CELLS);
    count++;
    const at = placeOf(count);
    cells.set(print, at);
    if (count <= IN_CHAIN * chains.length) chain(count);
    else {
      growChains(2 * chains.length);
      chains.fill(0);
      for (let number = 1; number <= count; number++) chain(number);
    }
    return at;
  };
  const isOld = (at: number, before: number) =>
    isKnown(at) && cells[at + 4]! % LOOKS !== look && Math.floor(cells[at + 4]! / LOOKS) < hourOf(before);
  return {
    note(key, version, time) {
      const print = fingerprint(key);
      const at = madeFor(print);
      const seen = cells[at + 4]! % LOOKS;
      cells.set(
        [...print, ...(version === undefined ? NOT_DONE : fingerprint(version)), hourOf(time) * LOOKS + seen],
        at,
      );
    },
    drop(key) {
      const at = found(key);
      if (at !== undefined) cells.set(DROPPED, at + 2);
    },
    has: (key) => found(key) !== undefined,
    isDone(key, version) {
      const at = found(key);
      const [low, high] = fingerprint(version);
      return at !== undefined && cells[at + 2] === low && cells[at + 3] === high;
    },
    see(key) {
      const at = found(key);
      if (at !== undefined) cells[at + 4] = cells[at + 4]! - (cells[at + 4]! % LOOKS) + look;
    },
    isForgettable(key, before) {
      const at = found(key);
      return at !== undefined && isOld(at, before);
    },
    anyForgettable(before) {
      for (let number = 1; number <= count; number++) if (isOld(placeOf(number), before)) return true;
      return false;
    },
    lookAfresh() {
      look = (look % (LOOKS - 1)) + 1;
    },
  };
}
