/**
 * What becomes of a malformed file: how many of its records are accepted, which places are rejected and why, and the
 * sentence if it cannot be read to its end.
 */
export type Case = Readonly<{
  name: string;
  /** The file; `marker` stands in every record's `Objet`, so that each is found again. */
  file: (marker: string) => Buffer;
  accepted: number;
  /** The line (or the element of an array) and the whole reason, or a pattern of it. */
  rejected: readonly Reject[] | Readonly<{ count: number; reason: RegExp }>;
  /** The end of the one sentence, after the file's name. */
  error?: string | RegExp;
}>;
type Reject = readonly [line: number, reason: string | RegExp];

let sequence = 0;

/**
 * A good record as text; `fields` replace its own, `undefined` removes one. Its number makes it unique: Loki keeps
 * equal lines of one millisecond once.
 */
export const record = (marker: string, fields: Record<string, unknown> = {}): string =>
  JSON.stringify({
    No_Sequence: String(sequence++),
    Entreprise: "akonovia",
    Zone: "1-Raw",
    Source: "corpus",
    Objet: marker,
    Etat: "SUCCESS",
    Fin: "05-09-2025 16:45:27",
    ...fields,
  });

export const JSON_FAULT = /^not valid JSON: ./;
const lines = (...texts: readonly (string | Buffer)[]) =>
  Buffer.concat(texts.flatMap((text) => [Buffer.from(text as string), Buffer.from("\n")]));

type Bad = string | Buffer | ((marker: string) => string | Buffer);
const textOf = (bad: Bad, marker: string) => (typeof bad === "function" ? bad(marker) : bad);

/** One bad line between two good ones, which must both go through. */
export const between = (name: string, bad: Bad, reason: string | RegExp): Case => ({
  name,
  file: (marker) => lines(record(marker), textOf(bad, marker), record(marker)),
  accepted: 2,
  rejected: [[2, reason]],
});

/** A whole file as it is. */
export const whole = (
  name: string,
  file: Bad,
  accepted: number,
  rejected: Case["rejected"] = [],
  error?: string | RegExp,
): Case => ({
  name,
  file: (marker) => Buffer.from(textOf(file, marker) as string),
  accepted,
  rejected,
  ...(error !== undefined && { error }),
});

/** A good record with odd values, alone in its file. */
export const odd = (name: string, fields: Record<string, unknown>): Case =>
  whole(name, (marker) => record(marker, fields), 1);
/** A record that is refused for its values, between two good ones. */
export const refused = (name: string, fields: Record<string, unknown>, reason: string | RegExp): Case =>
  between(name, (marker) => record(marker, fields), reason);
/** A file that is not ours at all. */
export const foreign = (name: string, file: string | Buffer): Case =>
  whole(name, file, 0, [], /^ is neither JSON Lines nor a JSON array: it starts with ".*" instead of "\{" or "\["\.$/s);
