import { InputError, shown } from "../../core/errors.ts";
import { type Content, collector, firstNonBlank, trimStart, untilLastNonBlank, untilReturn } from "./collector.ts";

/** One record as it stands in the input: all its bytes, or the head, length and SHA-256 of one too long to hold. */
export type Piece = Content & Readonly<{ position: number }>;

/** Splits chunks into records; `rest` gives what is left at the input's end, `check` then throws if it is not whole. */
type Splitter = Readonly<{ push(chunk: Buffer): Iterable<Piece>; rest(): Iterable<Piece>; check(): void }>;

/** The most held of a record. Six-byte escapes may shrink to one, so a 256 KB line can come from six times as much. */
export const HELD_BYTES = 2 * 1024 * 1024;

const [LF, QUOTE, COMMA, BACKSLASH] = [10, 34, 44, 92];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
const NOTHING = Buffer.alloc(0);
const asIs = (bytes: Buffer) => bytes;

/** Recognises JSON Lines or a JSON array by the first non-blank byte and splits it; `name` is for the errors. */
export function splitter(name: string, held = HELD_BYTES): Splitter {
  let body: Splitter | undefined;
  let lines = 0;
  return {
    push(chunk) {
      let content = chunk;
      if (!body) {
        const at = firstNonBlank(chunk);
        for (const byte of at === -1 ? chunk : chunk.subarray(0, at)) if (byte === LF) lines++;
        if (at === -1) return [];
        content = chunk.subarray(at);
        if (content[0] === OPEN_OBJECT) body = lineSplitter(lines, held);
        else if (content[0] === OPEN_ARRAY) body = arraySplitter(name, held);
        else
          throw new InputError(
            `${name} is neither JSON Lines nor a JSON array: it starts with ${shown(content.toString("utf8", 0, 20))} instead of "{" or "[".`,
          );
      }
      return body.push(content);
    },
    rest: () => body?.rest() ?? [],
    check() {
      if (!body) throw new InputError(`${name} is empty; a file of records, one JSON object a line, is expected.`);
      body.check();
    },
  };
}

/** JSON Lines; the position is the physical line, counted from 1 after `skipped` lines. */
function lineSplitter(skipped: number, held: number): Splitter {
  let line = skipped;
  const record = collector(held, asIs, untilReturn);
  const taken = (last: Buffer): Piece | undefined => {
    line++;
    const { bytes, cut } = record.take(last);
    if (cut) return { position: line, bytes, cut };
    return firstNonBlank(bytes) === -1 ? undefined : { position: line, bytes };
  };
  return {
    *push(chunk) {
      let start = 0;
      // A file of line ends takes no longer than one of records.
      const passEmpty = () => {
        for (; chunk[start] === LF; start++) line++;
      };
      if (record.isEmpty()) passEmpty();
      for (let end = chunk.indexOf(LF, start); end !== -1; end = chunk.indexOf(LF, start)) {
        const piece = taken(chunk.subarray(start, end));
        start = end + 1;
        passEmpty();
        if (piece) yield piece;
      }
      record.add(chunk.subarray(start));
    },
    *rest() {
      const piece = taken(NOTHING);
      if (piece) yield piece;
    },
    check() {},
  };
}

/** The elements of one JSON array; the position is the element's, from 1. */
function arraySplitter(name: string, held: number): Splitter {
  let [depth, position, inString, escaped, closed, broken] = [0, 0, false, false, false, false];
  const element = collector(held, trimStart, untilLastNonBlank);
  const taken = (last: Buffer): Piece => ({ position: ++position, ...element.take(last) });
  const onlyBlanks = (bytes: Buffer) => {
    const at = firstNonBlank(bytes);
    if (at !== -1)
      throw new InputError(
        `${name} goes on after the end of its array (element ${position}) with ${shown(bytes.toString("utf8", at, at + 20))}; that part was not read.`,
      );
  };
  return {
    *push(chunk) {
      if (closed) return onlyBlanks(chunk);
      let start = 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at];
        if (inString) {
          if (byte === LF) {
            // No JSON string goes over a line end: this element is broken, and the next one starts afresh.
            yield taken(chunk.subarray(start, at));
            [start, depth, inString, escaped, broken] = [at, 1, false, false, true];
          } else if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) inString = false;
        } else if (byte === QUOTE) inString = true;
        else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
          if (depth++ === 0) start = at + 1;
        } else if (byte === CLOSE_OBJECT) depth = Math.max(1, depth - 1);
        else if (byte === COMMA && depth === 1) {
          // What follows a broken element up to its comma is told only if there is anything.
          if (broken) element.add(chunk.subarray(start, at));
          if (!broken) yield taken(chunk.subarray(start, at));
          else if (!element.isEmpty()) yield taken(NOTHING);
          [start, broken] = [at + 1, false];
        } else if (byte === CLOSE_ARRAY && --depth === 0) {
          closed = true;
          element.add(chunk.subarray(start, at));
          if (!element.isEmpty() || (position > 0 && !broken)) yield taken(NOTHING);
          return onlyBlanks(chunk.subarray(at + 1));
        }
      }
      element.add(chunk.subarray(start));
    },
    *rest() {
      if (!closed && !element.isEmpty()) yield taken(NOTHING);
    },
    check() {
      if (!closed)
        throw new InputError(
          `${name} ends before its array is closed (after element ${position}); the file may have been cut.`,
        );
    },
  };
}
