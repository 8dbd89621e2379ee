/** A report that cannot be made; the message is one sentence for the user. */
export class ReportError extends Error {}
