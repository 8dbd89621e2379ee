/** A mistake or a lack that the user can mend; its message is all they see. */
export class LauncherError extends Error {}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
