/** By these a user, a terminal that closes or a supervisor tells a program to end. */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
