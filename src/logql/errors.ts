/** A query that Loki refuses: a sentence with line and column (1-based), and what was expected there. */
export class LogqlError extends Error {
  readonly line: number;
  readonly column: number;
  readonly expected: readonly string[];
  /** The sentence without its place. */
  readonly reason: string;
  /** Where the mistake starts, in UTF-16 code units. */
  readonly offset: number;

  constructor(message: string, at: Readonly<{ query: string; offset: number; expected?: readonly string[] }>) {
    const before = at.query.slice(0, at.offset).split("\n");
    const line = before.length;
    const column = [...before.at(-1)!].length + 1;
    super(`parse error at line ${line}, col ${column}: ${message}`);
    this.name = "LogqlError";
    this.reason = message;
    this.line = line;
    this.column = column;
    this.offset = at.offset;
    this.expected = at.expected ?? [];
  }
}

/** A query that is sound but has no answer over these lines: a pipeline error, or series that match more than once. */
export class EvaluationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "EvaluationError";
  }
}
