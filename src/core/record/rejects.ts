/** What a reject in its topic always says: why, of which input, and at which place in it. */
export type RejectField = "reason" | "input" | "line";

/** Before what Loki said, in the reason of what it refused. */
export const REFUSED_BY_LOKI = "Loki refused it: ";

/** How the reason begins, as far as the producer and Loki say that there is room for no further stream. */
export const NO_ROOM = { producer: "no room for a further stream", loki: "Maximum active stream limit exceeded" } as const;
