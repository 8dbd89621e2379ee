import type { Config } from "../core/config/schema.ts";
import type { Duration, Quantity, Unit } from "../core/units.ts";
import type { LabelName } from "../schema.ts";
import type { Metric } from "./ast.ts";
import { over, panel } from "./logql/logs.ts";
import * as metrics from "./metrics.ts";
import { type PanelRef, panels } from "./places.ts";
import { selection } from "./records.ts";

declare const oneHome: unique symbol;
/** A metric that a rule watches and a panel plots, over the one window and with the one threshold of both. */
export type Watch<U extends Unit = Unit> = Readonly<{
  measured: metrics.Measured<U>;
  window: Duration;
  threshold: Quantity<U>;
  plottedBy: PanelRef;
  /** What it is called beside its threshold, in French. */
  name: string;
  [oneHome]: true;
}>;
type Limit<U extends Unit> = Readonly<{ window: Duration; threshold: Quantity<U>; plottedBy: PanelRef; name: string }>;

/** The only maker of watches: what a rule compares and what a panel draws beside a threshold comes from here. */
export const watch = <U extends Unit>(measured: metrics.Measured<U>, limit: Limit<NoInfer<U>>) =>
  ({ measured, ...limit }) as Watch<U>;

/** What the rule sees: everything, over the rule's window. */
export const inRule = <U extends Unit>(
  { measured, window }: Watch<U>,
  by: readonly LabelName[],
): Metric<U, "literal"> => measured(over(window), by);
/** What the panel shows: what is chosen on the dashboard, over the rule's window. */
export const onPanel = <U extends Unit>(
  { measured, window }: Watch<U>,
  by: readonly LabelName[],
): Metric<U, "variable"> => measured(panel(window, selection), by);

/** What the rules watch: the panel and the rule take metric, window and threshold from here. */
export function watches({ rules }: Config) {
  const { failures, window: failuresIn } = rules["1-echec-detecte"];
  const { rate, window: rateOver } = rules["2-taux-echec-eleve"];
  const { p95, window: p95Over } = rules["4-latence-degradee"];
  const { memory, cpu, window } = rules["5-surconsommation-ressources"];
  return {
    failures: watch(metrics.failures, {
      name: "échecs",
      window: failuresIn,
      threshold: failures,
      plottedBy: panels.failures,
    }),
    failureRate: watch(metrics.failureRate, {
      name: "taux d'échec",
      window: rateOver,
      threshold: rate,
      plottedBy: panels.failureRate,
    }),
    p95: watch(metrics.duration(0.95), { name: "p95", window: p95Over, threshold: p95, plottedBy: panels.p95 }),
    memory: watch(metrics.maxMemory, { name: "mémoire", window, threshold: memory, plottedBy: panels.resources }),
    cpu: watch(metrics.maxCpu, { name: "CPU", window, threshold: cpu, plottedBy: panels.resources }),
  };
}
export type Watches = ReturnType<typeof watches>;
