import { RefusedInput } from "../../core/errors.ts";

/** So many bytes must come in so many milliseconds of waiting; time in which nobody asks for more does not count. */
const PACE = { bytes: 64 * 1024, ms: 300_000 };

/** The same bytes; throws a `RefusedInput` when they drip, so that one input cannot hold up the others for ever. */
export async function* hurried(
  name: string,
  bytes: AsyncIterable<Buffer>,
  { now = Date.now }: Readonly<{ now?: () => number }> = {},
): AsyncGenerator<Buffer> {
  let [waited, came, asked] = [0, 0, now()];
  for await (const chunk of bytes) {
    waited += now() - asked;
    came += chunk.length;
    if (came >= PACE.bytes) [waited, came] = [0, 0];
    else if (waited > PACE.ms)
      throw new RefusedInput(
        `${name} drips: ${came} bytes in ${Math.round(waited / 1000)} s; what came before was used.`,
      );
    yield chunk;
    asked = now();
  }
}
