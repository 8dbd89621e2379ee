import { destination, type Logger, pino, stdTimeFunctions } from "pino";

/** A log of one JSON object a line, on standard output (each line written at once, so that none is lost at the end); `LOG_LEVEL` sets the level. */
export const serviceLog = (service: string, level = process.env.LOG_LEVEL || "info"): Logger =>
  pino({ level, base: { service }, timestamp: stdTimeFunctions.isoTime }, destination({ fd: 1, sync: true }));
