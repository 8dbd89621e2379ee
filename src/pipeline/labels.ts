import { streamLabels } from "../schema.ts";

/** The labels that a message needs, besides a known state, to count as a valid record; without one of them its state is INVALID. */
export const requiredLabels = streamLabels.filter(({ name, required }) => required && name !== "etat");
