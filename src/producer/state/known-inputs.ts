import { type Fingerprint, fingerprint } from "../fingerprint.ts";

/** What is kept of every input of the state topic: some 30 bytes each, where its state as text would take 400. */
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
/** Inputs stand in pieces of memory that stay where they are: one that grew would for a while be there twice. */
const IN_PIECE = 1 << 14;
const FIRST_CHAINS = 1 << 12;
const HOUR_MS = 3_600_000;
const LOOKS = 256;
const DROPPED: Fingerprint = [0, 0];
const NOT_DONE: Fingerprint = [0, 1];

const hourOf = (time: number): number => Math.max(0, Math.floor(time / HOUR_MS));
type Place = Readonly<{ cells: Uint32Array; at: number }>;
const isKnown = ({ cells, at }: Place) => cells[at + 2] !== 0 || cells[at + 3] !== 0;

/** A table of fingerprints. That two of a million keys share one happens once in 40 million such tables. */
export function knownInputs(): KnownInputs {
  const pieces: Uint32Array[] = [];
  /** The number of the first input of each chain, from 1. */
  let chains = new Uint32Array(FIRST_CHAINS);
  let count = 0;
  let look = 1;

  const placeOf = (number: number): Place => ({
    cells: pieces[Math.floor((number - 1) / IN_PIECE)]!,
    at: ((number - 1) % IN_PIECE) * CELLS,
  });
  const chain = (number: number): void => {
    const { cells, at } = placeOf(number);
    const head = cells[at]! % chains.length;
    cells[at + NEXT] = chains[head]!;
    chains[head] = number;
  };
  const inChain = ([low, high]: Fingerprint): Place | undefined => {
    for (let number = chains[low % chains.length]!; number !== 0; ) {
      const place = placeOf(number);
      if (place.cells[place.at] === low && place.cells[place.at + 1] === high) return place;
      number = place.cells[place.at + NEXT]!;
    }
    return undefined;
  };
  const found = (key: string): Place | undefined => {
    const place = inChain(fingerprint(key));
    return place && isKnown(place) ? place : undefined;
  };
  /** The place of a key, made where it has none; that of one which was dropped is its own again. */
  const madeFor = (print: Fingerprint): Place => {
    let place = inChain(print);
    if (place) return place;
    if (count % IN_PIECE === 0) pieces.push(new Uint32Array(IN_PIECE * CELLS));
    count++;
    place = placeOf(count);
    place.cells.set(print, place.at);
    if (count <= chains.length) chain(count);
    else {
      chains = new Uint32Array(2 * chains.length);
      for (let number = 1; number <= count; number++) chain(number);
    }
    return place;
  };
  const isOld = ({ cells, at }: Place, before: number) =>
    isKnown({ cells, at }) && cells[at + 4]! % LOOKS !== look && Math.floor(cells[at + 4]! / LOOKS) < hourOf(before);
  return {
    note(key, version, time) {
      const print = fingerprint(key);
      const { cells, at } = madeFor(print);
      const seen = cells[at + 4]! % LOOKS;
      cells.set(
        [...print, ...(version === undefined ? NOT_DONE : fingerprint(version)), hourOf(time) * LOOKS + seen],
        at,
      );
    },
    drop(key) {
      const place = found(key);
      place?.cells.set(DROPPED, place.at + 2);
    },
    has: (key) => found(key) !== undefined,
    isDone(key, version) {
      const place = found(key);
      const [low, high] = fingerprint(version);
      return place !== undefined && place.cells[place.at + 2] === low && place.cells[place.at + 3] === high;
    },
    see(key) {
      const { cells, at } = found(key) ?? {};
      if (cells && at !== undefined) cells[at + 4] = cells[at + 4]! - (cells[at + 4]! % LOOKS) + look;
    },
    isForgettable(key, before) {
      const place = found(key);
      return place !== undefined && isOld(place, before);
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
