import { visibleJson } from "../../core/visible.ts";
import type { Item } from "../judging/items.ts";
import { forgetfulSink, itemsOf, type Sink } from "./delivery.ts";

/** Thrown when the reader of the output has gone (`| head`): the work is done, not failed. */
export class OutputClosed extends Error {}

/**
 * Writes normalised records to `out` and rejects to `err`, as JSON Lines in which nothing works on a terminal.
 * Writes as fast as they are read there; keeps and touches nothing else.
 */
export function dryRunSink(out: NodeJS.WritableStream, err: NodeJS.WritableStream): Sink {
  // The failed write itself is told by its callback.
  for (const stream of [out, err]) stream.on("error", () => {});
  const deliver = async (items: readonly Item[]) => {
    const lines = items.map((item) => (item.kind === "record" ? `${item.line}\n` : "")).join("");
    const rejects = items.map((item) => ("printed" in item ? `${item.printed}\n` : "")).join("");
    await Promise.all([write(out, visibleJson(lines)), write(err, visibleJson(rejects))]);
  };
  return forgetfulSink(itemsOf(deliver));
}

async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (text === "") return;
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) resolve();
      else
        reject(
          (error as NodeJS.ErrnoException).code === "EPIPE"
            ? new OutputClosed("the output was closed", { cause: error })
            : error,
        );
    });
  });
}
