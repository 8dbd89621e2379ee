import { z } from "../libraries.ts";
import { maskedSetting } from "../masked.ts";
import { isPort, listening } from "./addresses.ts";

/** What is said of a value that does not do, after the name of its variable. */
type Says = (value: string) => string;
export const setTo =
  (right: string): Says =>
  (value) =>
    `is ${JSON.stringify(value)}; set it to ${right}.`;
/** The same of an address, in which a password may stand. */
export const addressSetTo =
  (right: string): Says =>
  (value) =>
    setTo(right)(maskedSetting(value));

export const checked = (isRight: (value: string) => boolean, says: Says) =>
  z.string().refine(isRight, { error: ({ input }) => says(String(input)) });

export const among = <T extends string>(values: readonly T[]) => {
  const says = setTo(`${values.slice(0, -1).join(", ")} or ${values.at(-1)}`);
  return z.enum(values as [T, ...T[]], { error: ({ input }) => says(String(input)) });
};

/** Any text, or none. */
export const text = (meaning: string) => z.string().optional().describe(meaning);

/** Any text, else a default; who reads it may judge it. */
export const filled = (value: string, meaning: string) => z.string().default(value).describe(meaning);

export const port = (value: number, what: string) =>
  checked(isPort, setTo("a port from 1 to 65535")).default(String(value)).describe(`Port of ${what} on 127.0.0.1.`);

/** Where a service answers for itself. */
export const status = (value: string, service: string) =>
  checked((given) => listening(given) !== undefined, addressSetTo(`host:port, such as ${value}`))
    .default(value)
    .describe(`Where \`${service}\` answers \`/healthz\` and \`/metrics\`.`);
