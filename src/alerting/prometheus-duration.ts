import { CallError } from "../logql/template/errors.ts";
import { goQuote } from "../logql/template/parse/quote.ts";
import { parsePrometheusDuration } from "../logql/units.ts";

/** The seconds of a duration as Prometheus writes it: 1d12h. */
export const parseDuration = (text: string): number => {
  if (text === "") throw new CallError("empty duration string");
  const nanoseconds = parsePrometheusDuration(text);
  if (nanoseconds === undefined) throw new CallError(`not a valid duration string: ${goQuote(text)}`);
  return nanoseconds / 1e9;
};
