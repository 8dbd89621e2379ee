import { UserError } from "../core/errors.ts";
import { z } from "../core/libraries.ts";
import { judgedRule } from "./rule.ts";

const seconds = z.number();

/** A log history, a rule, and when it is evaluated: every `interval` from `from`, before `to`; seconds after `t0`. */
const judgedCase = z
  .looseObject({
    name: z.string().min(1),
    t0: z.iso.datetime({ offset: true }),
    from: seconds,
    to: seconds,
    interval: z.int().positive(),
    rule: judgedRule,
    streams: z.array(
      z.object({ labels: z.record(z.string(), z.string()), entries: z.array(z.tuple([seconds, z.string()])) }),
    ),
  })
  .refine(({ from, to }) => from < to, { error: "must be after from", path: ["to"] });

export type Case = ReturnType<typeof judgedCase.parse>;

/** Checks a case; the message names it and its first fault. */
export function parseCase(input: unknown, where: string): Case {
  const result = judgedCase.safeParse(input);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new UserError(`${where} is no case: ${path.join(".") || "it"}: ${message}`);
}
