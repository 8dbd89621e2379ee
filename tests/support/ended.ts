import { UserError } from "../../src/core/errors.ts";

/** Ends a program that cannot go on, with the sentence of a lack that the user can mend; anything else is thrown on. */
export function endWithSentence(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exit(1);
}
