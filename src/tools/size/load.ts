import { DAY_S } from "../../core/spans.ts";
import type { Duration } from "../../core/units.ts";

/** What comes in, how long it is kept, and how many times its mean the busiest moment brings. */
export type Load = Readonly<{ recordsPerDay: number; sources: number; retention: Duration; peak: number }>;

/** Records a second, on average. */
export const meanRate = ({ recordsPerDay }: Load): number => recordsPerDay / DAY_S;
/** Records a second at the busiest moment. */
export const peakRate = (load: Load): number => meanRate(load) * load.peak;
/** Days that Loki keeps its lines. */
export const daysKept = ({ retention }: Load): number => retention.value / DAY_S;
