import { seconds } from "./units.ts";

/** How long Loki may take to answer a push. */
export const PUSH_TIMEOUT = seconds(10);
/** How long Kafka may take to let a consumer go. */
export const LEAVE_TIMEOUT = seconds(15);
/** How long a service that was told to stop may go on: a push under way, the farewell to Kafka, and a margin. */
export const LONGEST_STOP = seconds(PUSH_TIMEOUT.value + LEAVE_TIMEOUT.value + 5);
