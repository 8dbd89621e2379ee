import { SingleBar } from "cli-progress";
import type { Terminal } from "./command.ts";

/** How far a piece of work is, in units of any kind. */
export type Progress = Readonly<{
  /** From here on there are `total` units to do; none of them is known where it is 0. */
  start(total: number): void;
  step(count?: number): void;
  /** So many are done; `doing` says what, if no longer as before. */
  at(done: number, doing?: string): void;
  stop(): void;
}>;

const EVERY_MS = 5000;

export const silent: Progress = { start() {}, step() {}, at() {}, stop() {} };

/** A bar if `stream` is a terminal and the total known, else a line every five seconds; `doing` says what is done. */
export function progressOn(
  stream: Terminal,
  doing: string,
  { now = Date.now }: Readonly<{ now?: () => number }> = {},
): Progress {
  let [done, total, next, text] = [0, 0, now() + EVERY_MS, doing];
  let bar: SingleBar | undefined;
  const show = () => {
    if (bar) return bar.update(Math.min(done, total), { text });
    if (now() < next) return;
    next = now() + EVERY_MS;
    stream.write(`${text}${total > 0 ? ` · ${Math.floor((100 * Math.min(done, total)) / total)} %` : ""}\n`);
  };
  return {
    start(units) {
      [done, total] = [0, units];
      if (!stream.isTTY || units <= 0) return;
      const format = "{bar} {percentage} % · {text}";
      bar = new SingleBar({ format, stream, hideCursor: false, clearOnComplete: true, barsize: 30 });
      bar.start(units, 0, { text });
    },
    step(count = 1) {
      done += count;
      show();
    },
    at(place, words = text) {
      [done, text] = [place, words];
      show();
    },
    stop: () => bar?.stop(),
  };
}
