import { SingleBar } from "cli-progress";

/** How far the work is: so many steps, one after the other. */
export type Progress = Readonly<{ start(steps: number): void; step(): void; stop(): void }>;
type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

const EVERY_MS = 5000;

/** A bar where `stream` is a terminal, else a plain line every five seconds. */
export function progressOn(stream: Terminal, now: () => number = Date.now): Progress {
  if (stream.isTTY) return bar(stream);
  let [done, total, next] = [0, 0, now() + EVERY_MS];
  return {
    start: (steps) => {
      total = steps;
    },
    step: () => {
      done += 1;
      if (now() < next) return;
      next = now() + EVERY_MS;
      stream.write(`asking Loki: ${Math.floor((100 * done) / total)} %\n`);
    },
    stop: () => {},
  };
}

function bar(stream: Terminal): Progress {
  const single = new SingleBar({ format: "asking Loki {bar} {percentage} %", stream, hideCursor: false, clearOnComplete: true, barsize: 30 });
  return { start: (steps) => single.start(steps, 0), step: () => single.increment(), stop: () => single.stop() };
}
