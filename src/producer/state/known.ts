import { type Fingerprint, fingerprint } from "../fingerprint.ts";

/** What is kept of every input that the state topic holds: 20 bytes each, where its state as text would take 400. */
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

/** Of a slot: the key's fingerprint, the version's, and the hour of its last note with the number of the look that saw it last. */
const CELLS = 5;
const FIRST_SLOTS = 1 << 12;
const HOUR_MS = 3_600_000;
const LOOKS = 256;
const NONE: Fingerprint = [0, 0];
const NOT_DONE: Fingerprint = [0, 1];

const hourOf = (time: number): number => Math.max(0, Math.floor(time / HOUR_MS));

/** A table of fingerprints. That two of a million keys share one happens once in 40 million such tables. */
export function knownInputs(): KnownInputs {
  let slots = FIRST_SLOTS;
  let cells = new Uint32Array(slots * CELLS);
  let used = 0;
  let look = 1;

  /** The place of a key, or of the free slot where it would stand. */
  const placeOf = ([low, high]: Fingerprint): number => {
    for (let slot = low & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const at = slot * CELLS;
      if ((cells[at] === low && cells[at + 1] === high) || (cells[at] === 0 && cells[at + 1] === 0)) return at;
    }
  };
  const isFree = (at: number) => cells[at] === 0 && cells[at + 1] === 0;
  const isKnown = (at: number) => cells[at + 2] !== 0 || cells[at + 3] !== 0;
  const found = (key: string): number | undefined => {
    const at = placeOf(fingerprint(key));
    return isKnown(at) ? at : undefined;
  };
  const grow = () => {
    const before = cells;
    slots *= 2;
    used = 0;
    cells = new Uint32Array(slots * CELLS);
    for (let from = 0; from < before.length; from += CELLS) {
      if (before[from + 2] === 0 && before[from + 3] === 0) continue;
      cells.set(before.subarray(from, from + CELLS), placeOf([before[from]!, before[from + 1]!]));
      used++;
    }
  };
  const isOld = (at: number, before: number) => isKnown(at) && cells[at + 4]! % LOOKS !== look && Math.floor(cells[at + 4]! / LOOKS) < hourOf(before);
  return {
    note(key, version, time) {
      const [low, high] = fingerprint(key);
      let at = placeOf([low, high]);
      if (isFree(at)) {
        if (++used > 0.75 * slots) {
          grow();
          used++;
          at = placeOf([low, high]);
        }
      }
      const seen = isFree(at) ? 0 : cells[at + 4]! % LOOKS;
      cells.set([low, high, ...(version === undefined ? NOT_DONE : fingerprint(version)), hourOf(time) * LOOKS + seen], at);
    },
    drop(key) {
      const at = found(key);
      if (at !== undefined) cells.set(NONE, at + 2);
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
      for (let at = 0; at < cells.length; at += CELLS) if (isOld(at, before)) return true;
      return false;
    },
    lookAfresh() {
      look = (look % (LOOKS - 1)) + 1;
    },
  };
}
