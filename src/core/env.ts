import type * as zod from "zod";
import { data } from "./env/data.ts";
import { shell } from "./env/shell.ts";
import { stack } from "./env/stack.ts";
import { UserError } from "./errors.ts";
import { z } from "./libraries.ts";

/** Every variable that the product reads: its check, its default, its meaning. One that is empty counts as not set. */
const environment = z.object({ ...data, ...stack, ...shell });
export type Environment = zod.infer<typeof environment>;
export type Variable = keyof Environment;

const read = (env: NodeJS.ProcessEnv, name: Variable) => environment.shape[name].safeParse(env[name] || undefined);
const sentenceOf = (name: string, { issues }: zod.ZodError) => `${name} ${issues[0]?.message}`;

/** The value of a variable, or its default; one that does not do throws a `UserError`. */
export function setting<N extends Variable>(env: NodeJS.ProcessEnv, name: N): Environment[N] {
  const { data: value, error } = read(env, name);
  if (error) throw new UserError(sentenceOf(name, error));
  return value as Environment[N];
}

/** One sentence for each of these variables whose value does not do. */
export const faultsOf = (env: NodeJS.ProcessEnv, names: readonly Variable[]): string[] =>
  names.flatMap((name) => {
    const { error } = read(env, name);
    return error ? [sentenceOf(name, error)] : [];
  });
