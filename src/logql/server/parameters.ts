import { billionths, instantOf } from "../../core/moment.ts";
import { parseDuration } from "../units.ts";
import { Refusal } from "./answer.ts";

/** Nanoseconds since 1970. */
export type Moment = bigint;
type Span = Readonly<{ start: Moment; end: Moment }>;

const second = 1_000_000_000n;

/** A moment as Loki reads it: nanoseconds, seconds (up to ten digits or with a point), or RFC 3339; else undefined. */
function parseMoment(text: string): Moment | undefined {
  const [, whole, fraction] = /^(-?\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole !== undefined && fraction !== undefined) return BigInt(whole) * second + billionths(fraction);
  if (whole === undefined) return instantOf(text);
  return whole.length <= 10 ? BigInt(whole) * second : BigInt(whole);
}

/** The moment that a parameter names, if any. */
export function momentOf(parameters: URLSearchParams, name: string): Moment | undefined {
  const text = parameters.get(name);
  if (!text) return undefined;
  const moment = parseMoment(text);
  if (moment === undefined)
    throw new Refusal(
      `could not parse '${name}' parameter: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  return moment;
}

const hour = 3600n * second;
export const hours = (count: number): bigint => BigInt(count) * hour;

/** From `start` to `end`; without a start, as long as `since` says, and up to `now` without an end. */
export function spanOf(parameters: URLSearchParams, { now, since }: Readonly<{ now: Moment; since: bigint }>): Span {
  const end = momentOf(parameters, "end") ?? now;
  const length = lengthOf(parameters, since);
  const start = momentOf(parameters, "start") ?? end - length;
  if (end < start) throw new Refusal("end timestamp must not be before or equal to start time");
  return { start, end };
}

function lengthOf(parameters: URLSearchParams, otherwise: bigint): bigint {
  const text = parameters.get("since");
  if (!text) return otherwise;
  const length = parseDuration(text);
  if (length === undefined)
    throw new Refusal(`could not parse 'since' parameter: not a valid duration string: ${JSON.stringify(text)}`);
  return BigInt(length);
}

/** Nanoseconds of the parameter `step`, seconds or a duration; without it a 250th of the span, at least one second. */
export function stepOf(parameters: URLSearchParams, { start, end }: Span): number {
  const text = parameters.get("step");
  if (!text) return Math.max(1, Math.floor(Number(end - start) / 1e9 / 250)) * 1e9;
  const step = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) * 1e9 : parseDuration(text);
  if (step === undefined)
    throw new Refusal(`could not parse 'step' parameter: cannot parse ${JSON.stringify(text)} to a valid duration`);
  return Math.round(step);
}

/** The whole number above 0 of the parameter `limit`. */
export function limitOf(parameters: URLSearchParams, otherwise: number): number {
  const text = parameters.get("limit");
  if (!text) return otherwise;
  if (!/^[+-]?\d+$/.test(text))
    throw new Refusal(
      `could not parse 'limit' parameter: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  if (Number(text) <= 0) throw new Refusal("limit must be a positive value");
  return Number(text);
}

/** Whether the newest lines come first, as they do where nothing is said. */
export function directionOf(parameters: URLSearchParams): "forward" | "backward" {
  const text = parameters.get("direction") || "backward";
  const direction = text.toLowerCase();
  if (direction !== "forward" && direction !== "backward") throw new Refusal(`invalid direction '${text}'`);
  return direction;
}
