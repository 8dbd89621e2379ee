import type { Message } from "kafkajs";

/**
 * The same messages, all of the partition that the first one names.
 * kafkajs 2.2.4 sorts a request by partition and copies the list anew for each message, by `reduce`:
 * these say at once what that comes to.
 */
export function ofOnePartition(messages: Message[]): Message[] {
  const sorted = { [messages[0]?.partition ?? 0]: messages };
  return Object.defineProperty(messages, "reduce", { value: () => sorted, configurable: true });
}
