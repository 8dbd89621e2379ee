import { PassThrough, Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { guarded } from "../../../src/core/command.ts";
import { run } from "../../../src/tools/preview/command.ts";

type Around = Readonly<{ env?: NodeJS.ProcessEnv; stdin?: Readable; isTerminal?: boolean }>;
/** What a progress bar asks of a terminal. */
const TERMINAL = {
  isTTY: true as const,
  columns: 100,
  cursorTo: () => true,
  moveCursor: () => true,
  clearLine: () => true,
};

/** A preview that runs until the test ends at the latest, with its output so far. */
export function start(args: readonly string[], around: Around = {}) {
  const { env = {}, stdin = Readable.from([]), isTerminal = false } = around;
  const stop = new AbortController();
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), isTerminal ? TERMINAL : {})];
  const output = { out: "", err: "" };
  stdout.on("data", (text) => {
    output.out += text;
  });
  stderr.on("data", (text) => {
    output.err += text;
  });
  const ended = guarded(() => run(args, { env, stdin, stdout, stderr, interrupted: () => stop.signal }), {
    env,
    stderr,
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  const url = async () => {
    for (;;) {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0];
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { output, ended, url, stop: () => stop.abort() };
}
/** Asks a preview. */
export const ask = async (address: string, host?: string) => {
  const response = await fetch(address, host ? { headers: { host } } : {});
  return { status: response.status, body: (await response.json()) as never };
};
/** The successes that its first dashboard counts. */
export const countOf = async (url: string, range = "from=now-1h&to=now") => {
  const { body } = await ask(`${url}/api/panels?uid=1-ingestion-health&panel=1&${range}`);
  return (body as { frames: { fields: { values: number[] }[] }[] }).frames[0]!.fields.at(-1)!.values[0];
};
