import { SingleBar } from "cli-progress";

/** How far the work is, in steps of any kind; steps before the start count for nothing. */
export type Progress = Readonly<{ start(steps: number): void; step(count?: number): void; stop(): void }>;
type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

const EVERY_MS = 5000;

/** A bar where `stream` is a terminal, else a plain line every five seconds; `doing` says what is being done. */
export function progressOn(stream: Terminal, doing: string, { now = Date.now }: Readonly<{ now?: () => number }> = {}): Progress {
  if (stream.isTTY) return bar(stream, doing);
  let [done, total, next] = [0, 0, now() + EVERY_MS];
  return {
    start: (steps) => {
      total = steps;
    },
    step: (count = 1) => {
      done += count;
      if (total === 0 || now() < next) return;
      next = now() + EVERY_MS;
      stream.write(`${doing}: ${Math.floor((100 * done) / total)} %\n`);
    },
    stop: () => {},
  };
}

function bar(stream: Terminal, doing: string): Progress {
  const single = new SingleBar({ format: `${doing} {bar} {percentage} %`, stream, hideCursor: false, clearOnComplete: true, barsize: 30 });
  return {
    start: (steps) => single.start(steps, 0),
    step: (count = 1) => {
      if (single.isActive) single.increment(count);
    },
    stop: () => single.stop(),
  };
}
