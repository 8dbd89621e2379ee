/** A case, a rule or an address that cannot be judged; the message is one sentence for the user. */
export class ProofError extends Error {}
/** No Loki answers: nothing can be said of any case. */
export class Unreachable extends ProofError {}
