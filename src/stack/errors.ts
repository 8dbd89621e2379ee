/** A mistake or a lack that the user can mend; its message is all they see. */
export class LauncherError extends Error {}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Ends a program that cannot go on, with the sentence of a lack that the user can mend; anything else is thrown on. */
export function endWithSentence(error: unknown): never {
  if (!(error instanceof LauncherError)) throw error;
  console.error(error.message);
  process.exit(1);
}
