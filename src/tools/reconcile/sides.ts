import type { Amounts, Group } from "./amounts.ts";
import type { Excuse, Finding, Place } from "./entries.ts";
import type { Message } from "./messages.ts";
import type { Range } from "./range.ts";

/**
 * The two sides. `messages` reads all that Kafka holds (up to offsets fixed before), as often as called.
 * `reading` names the pass.
 */
export type Sides = Readonly<{
  messages(reading: string, each: (message: Message) => void): Promise<void>;
  excuse(place: Place): Excuse | undefined;
  /** Whether Kafka has deleted messages of a job: lines that it lacks may be older than it. */
  hasForgotten(job: string): boolean;
  amounts(range: Range, width: number): Promise<Amounts>;
  entries(group: Group, range: Range): Promise<Map<string, number>>;
  /** Gets every message once. */
  seen?(message: Message): void;
  /** Takes what differs, a batch at a time. */
  found(difference: Difference): Promise<void>;
}>;

/** Lines that Loki has beyond the messages: `unknown`, or `forgotten` by Kafka. */
export type Beyond = Readonly<{ group: string; time: number; count: number; kind: "unknown" | "forgotten" }>;
export type Difference = Readonly<{ findings: readonly Finding[]; beyond: readonly Beyond[] }>;
