import type { LineLabels } from "./labels.ts";

/**
 * What a query needs of a line's labels: Loki reads no others, and stops reading a line once it has them,
 * so that a mistake behind them goes unseen.
 */
export type Hints = Readonly<{
  /** No label is needed at all: parsers do nothing. */
  none: boolean;
  start: () => void;
  /** Whether a parser should set this label. */
  wants: (name: string) => boolean;
  /** Whether any wanted label may stand below this prefix of nested names. */
  wantsBelow: (prefix: string) => boolean;
  /** Notes that a label was set; false when the line cannot pass its filters any more. */
  took: (name: string, labels: LineLabels) => boolean;
  complete: () => boolean;
  /**
   * Whether the label that completes a line's wanted ones is lost.
   * Loki 3.7 loses it in `logfmt x="y" | unwrap x` by no label of the stream.
   */
  losesLast: boolean;
  keepsErrors: boolean;
}>;

export type Condition = (labels: LineLabels) => boolean;
export type Wanted = Readonly<{
  required: readonly string[];
  all: boolean;
  unwraps: boolean;
  conditions: ReadonlyMap<string, readonly Condition[]>;
}>;

/** Everything is wanted: log queries, and metrics that keep every label. */
export const everything: Wanted = { required: [], all: true, unwraps: false, conditions: new Map() };

export function hintsFor({ required, all, unwraps, conditions }: Wanted): Hints {
  const wanted = new Set(required);
  const taken = new Set<string>();
  const none = !all && wanted.size === 0;
  return {
    none,
    start: () => taken.clear(),
    wants: (name) => !taken.has(name) && (all || wanted.has(name)),
    wantsBelow: (prefix) => all || required.some((name) => name.startsWith(prefix)),
    took(name, labels) {
      taken.add(name);
      return conditions.get(name)?.every((holds) => holds(labels)) ?? true;
    },
    complete: () => !all && taken.size === wanted.size,
    losesLast: unwraps && !all,
    keepsErrors: wanted.has("__error__") || wanted.has("__error_details__"),
  };
}
