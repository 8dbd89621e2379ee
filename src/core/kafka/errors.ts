/** The error at the bottom of a chain of causes: kafkajs wraps what went wrong in what it gave up. */
export function innermost(error: unknown): Error {
  let cause = error as Error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause;
}

/** Whether a broker could not be reached, by the names that kafkajs gives its errors. */
export const isUnreachable = ({ name }: Error): boolean =>
  /Connection|BrokerNotFound|RequestTimeout|LockTimeout/.test(name);
