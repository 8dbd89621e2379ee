import type { Input } from "../inputs/input.ts";
import { spooled } from "../inputs/spooled.ts";
import { passOver, type Run } from "./pass.ts";

/**
 * Reads one input and delivers what earlier runs did not.
 * Throws an `InputError` after what could be read, a `UserError` when it cannot be delivered.
 */
export async function ingestInput(
  input: Input,
  run: Run,
  { again = false } = {},
): Promise<"already" | "whole" | "interrupted"> {
  const delivery = await run.sink.begin(input, { again });
  if (delivery.done) return "already";
  const source = input.once && delivery.noted ? await readFirst(input, run) : input;
  const before = run.rejudge ? new Map(run.sink.open) : undefined;
  let pass = passOver(source, run, delivery);
  try {
    let end = await pass.done();
    if (end === "rewritten") {
      if (!input.once)
        run.warn(
          `${input.name} is not what it was when ${delivery.noted?.records} of its records were ingested: all of it is read again.`,
        );
      delivery.restart();
      if (before) {
        run.sink.open.clear();
        for (const [key, fin] of before) run.sink.open.set(key, fin);
      }
      pass = passOver(source, run, { ...delivery, noted: undefined });
      end = await pass.done();
    }
    await delivery.end({ mark: pass.mark(), complete: end === "whole" });
    return end === "interrupted" ? end : "whole";
  } catch (error) {
    await delivery.end(pass.failed() ? undefined : { mark: pass.mark(), complete: false }).catch(() => {});
    throw error;
  } finally {
    if (source !== input) await source.close?.();
  }
}

const PATIENCE_MS = 2000;

/** A pipe, in a temporary file: compared with what came through one before, sent whole if it is something else. */
async function readFirst(input: Input, { warn }: Run): Promise<Input> {
  const slow = setTimeout(
    () =>
      warn(
        `${input.name} is read to its end before it is sent, to see what of it was ingested before; --force sends it as it comes.`,
      ),
    PATIENCE_MS,
  );
  return spooled(input).finally(() => clearTimeout(slow));
}
