/** A fault that the user can mend; its message is the one sentence that they read. */
export class ReconcileError extends Error {}
