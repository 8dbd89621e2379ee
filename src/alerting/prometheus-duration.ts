import { CallError } from "../logql/template/errors.ts";
import { goQuote } from "../logql/template/parse/quote.ts";

const FORM = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const MILLISECONDS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1];

/** The seconds of a duration as Prometheus writes it: 1d12h. */
export const parseDuration = (text: string): number => {
  if (text === "0") return 0;
  const found = FORM.exec(text);
  if (text === "") throw new CallError("empty duration string");
  if (!found) throw new CallError(`not a valid duration string: ${goQuote(text)}`);
  return found.slice(1).reduce((sum, part, index) => sum + Number(part ?? 0) * MILLISECONDS[index]!, 0) / 1000;
};
