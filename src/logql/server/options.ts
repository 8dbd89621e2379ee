/** Where the store says what it does; pino's loggers fit. */
export type StoreLog = Readonly<
  Record<"info" | "warn" | "error", (fields: Readonly<Record<string, unknown>>, message: string) => void>
>;

export type StoreOptions = Readonly<{
  /** The port on 127.0.0.1; a free one without it. */
  port?: number | undefined;
  /** The folder of the journal; without it, lines are in memory only. */
  folder?: string | undefined;
  /** How many lines all tenants hold together, any number without it; the oldest go first. */
  maxLines?: number | undefined;
  /** For how many milliseconds lines are held; without it, for ever. */
  retention?: number | undefined;
  /** Refuses requests without `X-Scope-OrgID`; otherwise they are those of the tenant `fake`, as in Loki. */
  tenants?: boolean | undefined;
  /** Milliseconds since 1970. */
  now?: (() => number) | undefined;
  log?: StoreLog | undefined;
}>;
