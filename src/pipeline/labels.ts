import { streamLabels } from "../schema.ts";

/**
 * What stands in a label for characters that are no UTF-8, or U+FFFD, which stands for such a character already:
 * Loki refuses every line of a push that has one of them in a label.
 */
export const UNREADABLE = "?";

/** The labels that a message needs, besides a known state, to count as a valid record; without one of them its state is INVALID. */
export const requiredLabels = streamLabels.filter(({ name, required }) => required && name !== "etat");
