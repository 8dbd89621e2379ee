import type { Frame } from "../frames.ts";

export type Options = Readonly<Record<string, unknown>>;
/** A transformation: the frames of a panel become others. */
export type Step = (frames: readonly Frame[], options: Options) => readonly Frame[];

export const eachFrame =
  (change: (frame: Frame, options: Options) => Frame): Step =>
  (frames, options) =>
    frames.map((frame) => change(frame, options));
