import { streamLabels, UNSAFE_IN_LABEL } from "../../schema.ts";

/** What the producer refuses in a label, others may still send: both collectors write `written` for each run of it. The line keeps it. */
export const unsafe = { pattern: `(?:${UNSAFE_IN_LABEL})+`, written: "_" } as const;

/** The labels that a message needs, besides a known state, to count as a valid record; without one of them its state is INVALID. */
export const requiredLabels = streamLabels.filter(({ name, required }) => required && name !== "etat");
