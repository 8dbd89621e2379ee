/** What is sent in one request at most; Kafka's default limit is 1 MiB. */
export const REQUEST_BYTES = 900_000;
/** What Kafka adds to a message, with room to spare. */
export const ENVELOPE_BYTES = 64;
