import type { OpenFailures } from "../../core/record/recovery.ts";
import type { Input } from "../inputs/input.ts";
import type { Item } from "../judging/items.ts";
import type { KnownStreams } from "../judging/streams.ts";
import type { PlacedPiece } from "../reading/pieces.ts";

/** An item with the piece it comes from; `counted` unless it is the torn end of an input, which may still grow. */
export type Placed = Readonly<{ item: Item; piece: PlacedPiece; counted: boolean; bytes: number }>;

/** What the headers of its place add to a message. */
export const headerBytes = ({ address }: Input): number => Buffer.byteLength(address) + 32;

/** How far an input was acknowledged: its records (sent or rejected), the last one's place, their SHA-256. */
export type Mark = Readonly<{ records: number; position: number; sha256: string }>;

export const NO_MARK: Mark = { records: 0, position: 0, sha256: "" };

/** What is delivered together. */
export type Batch = Readonly<{
  /** Takes an item in; false where an earlier run had sent it without noting it: it is not sent again. */
  add(placed: Placed): boolean;
  /** Resolves once everything is safe, and soon noted as `mark`. */
  deliver(mark: Mark): Promise<void>;
}>;

/** The delivery of one input. `noted` is how far earlier runs came; when it is `done`, there is nothing to read. */
export type Delivery = Readonly<{
  done: boolean;
  noted: Mark | undefined;
  /** Forgets `noted`: the input was rewritten. */
  restart(): void;
  batch(): Batch;
  /** Notes the input's end and lets other runs go on; without a mark (it failed) only stops what this one keeps up. */
  end(last?: Readonly<{ mark: Mark; complete: boolean }>): Promise<void>;
}>;

/**
 * Where items go. `open` are the open failures, `streams` those known from all inputs, when an input is begun.
 * The judge keeps both up to date.
 */
export type Sink = Readonly<{
  open: OpenFailures;
  streams: KnownStreams;
  /** Whether this very version of the input was delivered to its end, as far as is known without asking. */
  isDone(input: Input): boolean;
  /** `again`: even what was delivered to its end. */
  begin(input: Input, how: Readonly<{ again: boolean }>): Promise<Delivery>;
  /** Makes ready for inputs that are begun soon. */
  recall?(inputs: readonly Input[]): Promise<void>;
  /** The input stands in a listing. */
  see?(input: Input): void;
  /** Deletes what is stored of inputs under an address that are long gone and were not seen since the last call. */
  forget?(under: string): Promise<void>;
  /** Throws a `UserError` when Kafka is out of reach, as far as a sink that has nothing to send can tell. */
  check?(): Promise<void>;
  close(): Promise<void>;
}>;

/** A sink that keeps nothing: every input is delivered whole. */
export const forgetfulSink = (batch: (input: Input) => Batch, close = async () => {}): Sink => ({
  open: new Map(),
  streams: new Map(),
  isDone: () => false,
  begin: async (input) => ({
    done: false,
    noted: undefined,
    restart() {},
    batch: () => batch(input),
    async end() {},
  }),
  close,
});

/** Batches whose items are kept until they are delivered. */
export const itemsOf = (deliver: (items: readonly Item[]) => Promise<void>) => (): Batch => {
  const items: Item[] = [];
  return {
    add({ item }) {
      items.push(item);
      return true;
    },
    deliver: () => deliver(items),
  };
};
