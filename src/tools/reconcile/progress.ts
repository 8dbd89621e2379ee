import { SingleBar } from "cli-progress";

/** Shows how far the reading of `total` things is. */
export type Progress = (reading: string, total: number) => Readonly<{ at(done: number): void; end(): void }>;

const EVERY_MS = 5000;

/** A bar where `stream` is a terminal, else a plain line every five seconds. */
export const progressOn =
  (stream: NodeJS.WritableStream & { isTTY?: boolean }, now: () => number = Date.now): Progress =>
  (reading, total) => {
    if (stream.isTTY) {
      const bar = new SingleBar({ format: `{bar} {percentage} % · ${reading}`, stream, clearOnComplete: true, barsize: 30 });
      bar.start(total, 0);
      return { at: (done) => bar.update(done), end: () => bar.stop() };
    }
    let next = now() + EVERY_MS;
    const at = (done: number) => {
      if (now() < next) return;
      next = now() + EVERY_MS;
      stream.write(`${reading}: ${done} of ${total} messages\n`);
    };
    return { at, end() {} };
  };
