import type { Position } from "../../core/documents/positions.ts";

/** What a rule has against a query, at an offset of its text. */
export type Fault = Readonly<{ offset: number; message: string; suggestion: string }>;

/** A fault with its rule and its place in a file; lines and columns count from 1. */
export type Finding = Readonly<{ file: string; rule: string; message: string; suggestion: string }> & Position;

/** The unit that a panel or a rule states for the values of a query, by Grafana's unit id, with who states it. */
export type Stated = Readonly<{ by: string; unit: string }>;

/** What is known about a query from where it stands. */
export type About = Readonly<{
  role: "rule" | "panel" | "variable" | "other";
  /** A rule of Loki's ruler, which fills in no variables at all. */
  ruler?: true;
  /** Seconds that the values of a range query cover before its last window, where a rule reduces them to one. */
  reduced?: number;
  /** Seconds between two evaluations of a rule; absent where the window of its query cannot be judged. */
  interval?: number | undefined;
  /** Units that were stated; one that fits is enough. Empty when none is known. */
  stated: readonly Stated[];
  /** What the values are compared with. */
  thresholds: readonly number[];
  /** `dashboard uid/panel id` of the panel itself or of the one that a rule links to. */
  panel?: string | undefined;
}>;

/** A query as a file holds it; `optOuts` are the rules that a comment switches off, by line. */
export type Found = Readonly<{
  text: string;
  at: (offset: number) => Position;
  about: About;
  optOuts?: ReadonlyMap<number, ReadonlySet<string>>;
}>;

/** What is passed over, as the end of a sentence that starts with its place. */
export type Remark = Readonly<{ text: string }> & Partial<Position>;

/** The queries of a file, with what its own comments did wrong and what of it is passed over. */
export type Contents = Readonly<{
  queries: readonly Found[];
  findings: readonly Omit<Finding, "file">[];
  remarks?: readonly Remark[];
}>;
/** Contents with the file's name. */
export type Opened = Contents & Readonly<{ file: string }>;
