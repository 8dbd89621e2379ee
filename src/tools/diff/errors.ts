/** A state that cannot be read or a base that cannot be found; the message is one sentence for the user. */
export class DiffError extends Error {}
