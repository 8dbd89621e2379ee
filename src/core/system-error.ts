import { getSystemErrorMap } from "node:util";

const WAYS_OUT: Readonly<Record<string, string>> = {
  ENOSPC: "free some space and run it again",
  EDQUOT: "free some space and run it again",
  EFBIG: "raise the limit on the size of files",
  EROFS: "make the file system writable",
  EACCES: "check its rights",
  EPERM: "check its rights",
  EMFILE: "raise the limit on open files",
};
const WAY_OUT = "see that it is there, and what it is";

/** The sentence for a system error about a file: which one, what is wrong, how to mend it; `undefined` for others. */
export function systemSentence(error: unknown): string | undefined {
  const { code = "", errno, syscall, path } = error as NodeJS.ErrnoException;
  const out = WAYS_OUT[code] ?? (path === undefined ? undefined : WAY_OUT);
  if (out === undefined || syscall === undefined) return undefined;
  const [, says] = getSystemErrorMap().get(errno ?? 0) ?? [];
  return `${path ?? "A file"} cannot be used (${syscall}: ${says ?? code}); ${out}.`;
}
