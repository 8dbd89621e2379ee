/** A fault that the user can mend; its message is the one sentence that they read. */
export class UserError extends Error {}

/** The user ended a command by a signal, and what it had begun was undone. */
export class Interrupted extends UserError {}

/** A fault of one input file; the other files of the same prefix still go through. */
export class InputError extends UserError {}

/** An input that could not be read to its end this time; it may be whole another time. */
export class InterruptedRead extends InputError {}

/** An input that its store refuses to give, or drips, while others can be read; it may be given another time. */
export class RefusedInput extends InputError {}

/** What the work gives; where it throws, the user reads the sentence that `says` makes of it. */
export function orSay<T>(work: () => T, says: (error: unknown) => string): T {
  try {
    return work();
  } catch (cause) {
    throw new UserError(says(cause), { cause });
  }
}

const SHOWN = 80;

/** A value as an error sentence or a reject reason shows it: quoted and shortened. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** The first line of what an error says, for the end of a sentence. */
export function detail(error: unknown): string {
  const { message, code, name } = error as Partial<NodeJS.ErrnoException>;
  return (message || code || name || String(error)).split("\n", 1)[0]?.replace(/[.\s]+$/, "") ?? "";
}
