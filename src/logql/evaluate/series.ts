import { collected } from "../../core/kept.ts";
import { keyOf, type Labels } from "./labels.ts";

/** The samples of one series in order of time; `failed` where a line broke a stage and nobody asked for its error. */
export type Samples = { labels: Labels; times: number[]; values: number[]; failed: boolean };
/** One series over all moments of an evaluation; `has` tells where it has a value. */
export type Series = Readonly<{ labels: Labels; values: Float64Array; has: Uint8Array }>;
/** A value for each moment: one number, or any number of series. */
export type Result =
  | Readonly<{ kind: "scalar"; values: Float64Array }>
  | Readonly<{ kind: "vector"; series: readonly Series[] }>;

export const emptySeries = (labels: Labels, moments: number): Series => ({
  labels,
  values: new Float64Array(moments),
  has: new Uint8Array(moments),
});

/** Series by their labels, made on first use. */
export function seriesStore(moments: number) {
  const { all, of } = collected<string, Series>();
  const at = (labels: Labels, key = keyOf(labels)): Series => of(key, () => emptySeries(labels, moments));
  return { at, all: (): readonly Series[] => [...all.values()] };
}

export const put = ({ values, has }: Series, moment: number, value: number): void => {
  values[moment] = value;
  has[moment] = 1;
};
