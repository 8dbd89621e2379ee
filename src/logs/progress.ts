import { SingleBar } from "cli-progress";

type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

/** A bar while records are read, where `stream` is a terminal and the size is known; else nothing. */
export function readingProgress(stream: Terminal) {
  let bar: SingleBar | undefined;
  let read = 0;
  return {
    options: {
      onSize: (bytes: number | undefined) => {
        if (!stream.isTTY || !bytes) return;
        bar = new SingleBar({ format: "{bar} {percentage} % of the records read", stream, hideCursor: false, clearOnComplete: true, barsize: 30 });
        bar.start(bytes, 0);
      },
      onBytes: (count: number) => {
        read += count;
        bar?.update(Math.min(read, bar.getTotal()));
      },
    },
    stop: () => bar?.stop(),
  };
}

/** A bar while rules are judged, where `stream` is a terminal; else nothing. */
export function judgingProgress(stream: Terminal) {
  let bar: SingleBar | undefined;
  return {
    start: (steps: number) => {
      if (!stream.isTTY) return;
      bar?.stop();
      bar = new SingleBar({ format: "{bar} {value} of {total} judged", stream, hideCursor: false, clearOnComplete: true, barsize: 30 });
      bar.start(steps, 0);
    },
    step: () => bar?.increment(),
    stop: () => bar?.stop(),
  };
}
