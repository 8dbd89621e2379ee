import { type InputError, RefusedInput } from "../../core/errors.ts";
import type { Input } from "../inputs/input.ts";
import type { Standing } from "../inputs/lister.ts";

/** After that long, an input that was refused is asked for again. */
const REFUSED_MS = 300_000;

/** `until` of one that was refused; any other fault lasts as long as the version. */
type Fault = Readonly<{ version: string | undefined; error: string; until?: number }>;

/** The inputs that could not be read: one that its store refused may be given later, others will not get better. */
export function inputFaults() {
  const faults = new Map<string, Fault>();
  /** Those that stand in a listing. */
  const listed = new Set<string>();
  return {
    add({ address, version }: Input, error: InputError): void {
      const until = error instanceof RefusedInput ? { until: Date.now() + REFUSED_MS } : {};
      faults.set(address, { version, error: error.message, ...until });
      listed.add(address);
    },
    remove: ({ address }: Input) => void faults.delete(address),
    /** What is to be done with an input that stands in a listing. */
    standingOf({ address, version }: Input): Standing {
      const fault = faults.get(address);
      if (!fault) return "waiting";
      listed.add(address);
      if (fault.until !== undefined) return fault.until > Date.now() ? "later" : "waiting";
      return fault.version === version ? "settled" : "waiting";
    },
    /** Forgets those that stood in no listing since this was last called: they are gone. */
    forgetGone(): void {
      for (const address of faults.keys()) if (!listed.has(address)) faults.delete(address);
      listed.clear();
    },
    /** Why an input was refused, if one was. */
    refusal: () => [...faults.values()].find(({ until }) => until !== undefined)?.error,
  };
}
export type InputFaults = ReturnType<typeof inputFaults>;
