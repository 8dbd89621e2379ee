import type { Readable } from "node:stream";
import { Command, CommanderError } from "commander";
import { detail, Interrupted, shown, UserError } from "./errors.ts";
import { systemSentence } from "./system-error.ts";
import { sentences } from "./visible.ts";

/** Where a command may draw a progress bar. */
export type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

/** What a command reads and writes. The user stands in `folder`; their first Ctrl-C aborts the `interrupted` signal. */
export type Surroundings = Readonly<{
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  stdout: Terminal;
  stderr: Terminal;
  folder: string;
  interrupted: () => AbortSignal;
}>;

/** A command of the program: resolves to its exit status; what it throws, `guarded` tells. */
export type Run = (args: readonly string[], around: Surroundings) => Promise<number>;

type Printing = Pick<Surroundings, "stdout" | "stderr"> & Partial<Pick<Surroundings, "env">>;

/** Refuses options that npm took for itself: without them the command would do something else, such as send records. */
function refuseTaken(
  { options }: Command,
  name: string,
  { env, args }: Readonly<{ env: NodeJS.ProcessEnv; args: readonly string[] }>,
): void {
  if (env.npm_lifecycle_event !== name) return;
  const settingOf = (long: string) => env[`npm_config_${long.replace(/^--(no-)?/, "").replaceAll("-", "_")}`];
  const isTaken = (long: string) => (long.startsWith("--no-") ? settingOf(long) === "" : Boolean(settingOf(long)));
  const taken = options.flatMap(({ long }) => (long && isTaken(long) && !args.includes(long) ? [long] : []));
  if (taken.length === 0) return;
  const [first] = taken;
  throw new UserError(
    `npm took ${taken.join(", ")} for itself; write "npm run ${name} -- ${first}", with "--" before the options, or "npx ingestion ${name} ${first}" (which helps, too, where .npmrc sets it).`,
  );
}

/** The parser of a command: it ends no process, and nothing that it prints works on the terminal. */
export function parserOf(name: string, { stdout, stderr, env = {} }: Printing): Command {
  const parser = new Command(name);
  const tooMany = () => parser.args.slice(parser.registeredArguments.length).map(shown).join(", ");
  parser
    .helpCommand(false)
    .allowExcessArguments(false)
    .exitOverride()
    .showHelpAfterError(`npx ingestion ${name} --help says what it takes.`)
    .configureOutput({
      writeOut: (text) => void stdout.write(sentences(text)),
      writeErr: (text) => void stderr.write(sentences(text)),
      outputError: (text, write) => write(text.replace(/(?<=too many arguments)\. Expected .*/, `: ${tooMany()}.`)),
    });
  const parse = parser.parse.bind(parser);
  parser.parse = (...given) => {
    refuseTaken(parser, name, { env, args: given[0] ?? [] });
    return parse(...given);
  };
  return parser;
}

const sentenceOf = (error: unknown): string => {
  if (error instanceof UserError) return error.message;
  return systemSentence(error) ?? `It stopped on an unforeseen error: ${detail(error)}; with DEBUG=1 it says where.`;
};

const INTERRUPTED = 130;

/** The exit status of `command`, or `failed` where it throws: the user reads one sentence (DEBUG: the stack, too). */
export async function guarded(
  command: () => Promise<number>,
  { env, stderr, failed = 1 }: Pick<Surroundings, "env" | "stderr"> & { failed?: number | undefined },
): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : failed;
    stderr.write(`${sentences(sentenceOf(error))}\n`);
    const origin = error instanceof Error ? (error.cause ?? error) : undefined;
    if (env.DEBUG && origin instanceof Error) stderr.write(`${sentences(origin.stack ?? "")}\n`);
    return error instanceof Interrupted ? INTERRUPTED : failed;
  }
}

/** Throws why a command could not even be loaded: a `UserError` of a name, say, that nothing in `src` defines. */
export function notLoaded(cause: unknown): never {
  const isOfSources = [ReferenceError, SyntaxError, TypeError].some((kind) => cause instanceof kind);
  if (!isOfSources) throw cause;
  throw new UserError(`The sources cannot be run: ${detail(cause)}; "npx tsc -p ." says where.`, { cause });
}
