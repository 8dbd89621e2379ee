/** A case, a rule or an address that cannot be judged; the message is one sentence for the user. */
export class ProofError extends Error {}
