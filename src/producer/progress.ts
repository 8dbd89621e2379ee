import { SingleBar } from "cli-progress";
import type { Tally } from "./input.ts";

export type Progress = Readonly<{ report(tally: Tally, bytesRead: number): void; stop(): void }>;

type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

const EVERY_MS = 5000;
const sent = (tally: Tally) => tally.sent.SUCCESS + tally.sent.FAILED;

/** The last line of a run: `72 read · 72 sent (71 SUCCESS, 1 FAILED) · 0 rejected`, and what was passed over, if anything. */
export function summary({ read, sent: { SUCCESS, FAILED }, rejected, before }: Tally): string {
  const passed = before > 0 ? ` · ${before} ingested before` : "";
  return `${read} read · ${SUCCESS + FAILED} sent (${SUCCESS} SUCCESS, ${FAILED} FAILED) · ${rejected} rejected${passed}`;
}

export const silent: Progress = { report() {}, stop() {} };

/** A bar where `stream` is a terminal and the size is known, else a plain line every five seconds. */
export function progressOn(stream: Terminal, size: number | undefined, now: () => number = Date.now): Progress {
  if (stream.isTTY && size) return bar(stream, size);
  let next = now() + EVERY_MS;
  const report = (tally: Tally, bytes: number) => {
    if (now() < next) return;
    next = now() + EVERY_MS;
    stream.write(`${summary(tally)}${size ? ` · ${Math.floor((100 * bytes) / size)} %` : ""}\n`);
  };
  return { report, stop() {} };
}

function bar(stream: Terminal, size: number): Progress {
  const format = "{bar} {percentage} % · {read} read · {sent} sent · {rejected} rejected";
  const single = new SingleBar({ format, stream, hideCursor: false, clearOnComplete: true, barsize: 30 });
  single.start(size, 0, { read: 0, sent: 0, rejected: 0 });
  return {
    report: (tally, bytes) => single.update(Math.min(bytes, size), { read: tally.read, sent: sent(tally), rejected: tally.rejected }),
    stop: () => single.stop(),
  };
}
