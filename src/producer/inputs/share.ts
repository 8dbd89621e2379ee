import { UserError } from "../../core/errors.ts";
import { commonDivisor } from "../../core/numbers.ts";
import { fingerprint } from "./fingerprint.ts";

/** One of `of` shares of all inputs, counted from 1. */
export type Share = Readonly<{ part: number; of: number }>;

export const WHOLE: Share = { part: 1, of: 1 };
export const shareText = ({ part, of }: Share): string => `${part}/${of}`;

/** `2/4` as a share; `undefined` for what is none. */
export function readShare(text: string): Share | undefined {
  const [, part, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  return Number(part) <= Number(of) ? { part: Number(part), of: Number(of) } : undefined;
}

/** The share that the user asks for; throws a `UserError` for what is none. */
export function shareFrom(text: string | undefined): Share {
  if (text === undefined) return WHOLE;
  const share = readShare(text);
  if (!share)
    throw new UserError(
      `--share is ${JSON.stringify(text)}; write which share of how many, such as 2/4, from 1/4 to 4/4.`,
    );
  return share;
}

/** Whether an input is in a share: by its address alone, so that every producer says the same. */
export const isIn = ({ part, of }: Share, address: string): boolean =>
  of === 1 || fingerprint(address)[1] % of === part - 1;

/** Whether two shares can have an input in common: they can if the parts agree by both numbers' common divisor. */
export const overlap = (a: Share, b: Share): boolean => (a.part - b.part) % commonDivisor(a.of, b.of) === 0;
