import { UserError } from "../core/errors.ts";

/** The refusal of what cannot be judged here, with what can. */
export const unsupported = (what: string, among: readonly string[]): UserError =>
  new UserError(`${what} is not supported; use one of ${among.join(", ")}`);
