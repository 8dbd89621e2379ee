import { print as printQuery } from "../logql/print.ts";
import type { Logs, Metric } from "./ast.ts";

/** Prints a query as LogQL: on one line where it fits into 80 columns, else one level a line. */
export const print = (query: Logs | Metric): string => printQuery(query.kind === "logs" ? query : query.node);
