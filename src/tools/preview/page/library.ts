import type * as library from "./echarts.ts";

export type Charts = typeof library;

/** The charts' library: a module of its own, asked for at once and awaited only where a panel is drawn. */
export const charts: Promise<Charts> = import("./echarts.ts");
