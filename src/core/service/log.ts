import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from "pino";
import { setting } from "../env.ts";
import { masked } from "../masked.ts";
import { visibleJson } from "../visible.ts";

/**
 * A log of one JSON object a line, without control characters and passwords in URLs; `LOG_LEVEL` sets the level.
 * Each line is written at once, so that none is lost at the end.
 */
export const serviceLog = (service: string, to: DestinationStream = destination({ fd: 1, sync: true })): Logger =>
  pino(
    {
      level: setting(process.env, "LOG_LEVEL"),
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      hooks: { streamWrite: (line) => visibleJson(masked(line)) },
    },
    to,
  );
