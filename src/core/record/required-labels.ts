import { streamLabels, UNSAFE_IN_LABEL } from "../../schema.ts";

/** What the producer refuses in a label, others may send: collectors write `written` for a run; the line keeps it. */
export const unsafe = { pattern: `(?:${UNSAFE_IN_LABEL})+`, written: "_" } as const;

/** The labels that a valid record needs besides a known state; without one of them a message's state is INVALID. */
export const requiredLabels = streamLabels.filter(({ name, required }) => required && name !== "etat");
