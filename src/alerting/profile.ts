import { UserError } from "../core/errors.ts";

/**
 * What Grafana versions do differently; `12.4` is the pinned one. Both profiles reproduce timelines that were recorded
 * of a running Grafana: `9.4` those of 9.4, `12.4` those of 12.2.
 */
export type Profile = Readonly<{
  version: "9.4" | "12.4";
  /** An instant Loki query gives numbers; else series of one point, which must be reduced. */
  instantGivesNumbers: boolean;
  /** `threshold` becomes a formula with six decimals, in which NaN fires; else a comparison, in which NaN is false. */
  thresholdIsFormula: boolean;
  /** Expressions without a value get an instance of their own in `NoData`, as queries do. */
  expressionsHaveNoData: boolean;
  /** `NoData` and `Error`, where they map to another state, apply to every instance at once. */
  noDataSettlesAll: boolean;
  /** A missing instance keeps its state in the timeline until it is forgotten; else it has no entry. */
  missingIsShown: boolean;
  /** After how many evaluations without it an instance in NoData or Error is forgotten. */
  missingNoDataEvaluations: number;
  /** `keepFiringFor` and the state Recovering exist. */
  recovers: boolean;
}>;

/** After how many evaluations without it any other instance is forgotten. */
export const MISSING_EVALUATIONS = 2;

const all: readonly Profile[] = [
  {
    version: "9.4",
    instantGivesNumbers: false,
    thresholdIsFormula: true,
    expressionsHaveNoData: true,
    noDataSettlesAll: false,
    missingIsShown: false,
    missingNoDataEvaluations: MISSING_EVALUATIONS,
    recovers: false,
  },
  {
    version: "12.4",
    instantGivesNumbers: true,
    thresholdIsFormula: false,
    expressionsHaveNoData: false,
    noDataSettlesAll: true,
    missingIsShown: true,
    missingNoDataEvaluations: 1,
    recovers: true,
  },
];

/** The version that the product pins. */
export const PINNED = "12.4";

/** The profile of a version, by its name. */
export function profileOf(version: string): Profile {
  const found = all.find((profile) => profile.version === version);
  if (!found)
    throw new UserError(
      `there is no profile "${version}", only ${all.map((profile) => profile.version).join(" and ")}`,
    );
  return found;
}
