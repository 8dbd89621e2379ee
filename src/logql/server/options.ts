import { parsePrometheusDuration } from "../units.ts";

/** Where the store says what it does; pino's loggers fit. */
export type StoreLog = Readonly<
  Record<"info" | "warn" | "error", (fields: Readonly<Record<string, unknown>>, message: string) => void>
>;

export type StoreOptions = Readonly<{
  /** The port on 127.0.0.1; a free one without it. */
  port?: number | undefined;
  /** The folder of the journal; without it, lines are in memory only. */
  folder?: string | undefined;
  /** How many lines all tenants hold together; the oldest go first. */
  maxLines?: number | undefined;
  /** For how many milliseconds lines are held. */
  retention?: number | undefined;
  /** Refuses requests without `X-Scope-OrgID`; otherwise they are those of the tenant `fake`, as in Loki. */
  tenants?: boolean | undefined;
  /** Milliseconds since 1970. */
  now?: (() => number) | undefined;
  log?: StoreLog | undefined;
}>;

export const defaults = { port: 3100, maxLines: 1_000_000, retention: 92 * 86_400_000 } as const;

/** A setting that does not do, or a journal that cannot be used, in one sentence. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
  }
}

/** Reads `LOKI_PORT`, `STORE_FOLDER`, `STORE_MAX_LINES`, `STORE_RETENTION`, `STORE_TENANTS`; throws a `StoreError`. */
export function optionsFrom(env: NodeJS.ProcessEnv): StoreOptions {
  const {
    LOKI_PORT: port,
    STORE_FOLDER: folder,
    STORE_MAX_LINES: maxLines,
    STORE_RETENTION: retention,
    STORE_TENANTS: tenants,
  } = env;
  return {
    port: port ? whole(port, { name: "LOKI_PORT", most: 65_535 }) : defaults.port,
    folder: folder || undefined,
    maxLines: maxLines ? whole(maxLines, { name: "STORE_MAX_LINES", most: 100_000_000 }) : defaults.maxLines,
    retention: retention ? lengthOf(retention) : defaults.retention,
    tenants: tenants ? truth(tenants) : false,
  };
}

function whole(text: string, { name, most }: Readonly<{ name: string; most: number }>): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new StoreError(`${name} is "${text}"; set it to a whole number from 1 to ${most}.`);
  return value;
}

function lengthOf(text: string): number {
  const nanoseconds = parsePrometheusDuration(text);
  if (!nanoseconds)
    throw new StoreError(`STORE_RETENTION is "${text}"; set it to a length of time such as 2208h or 7d.`);
  return nanoseconds / 1e6;
}

function truth(text: string): boolean {
  if (text !== "true" && text !== "false") throw new StoreError(`STORE_TENANTS is "${text}"; set it to true or false.`);
  return text === "true";
}
