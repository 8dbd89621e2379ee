import { Command } from "commander";
import pc from "picocolors";
import { ConfigError } from "../core/config/schema.ts";
import { UserError } from "../core/errors.ts";
import { systemSentence } from "../core/system-error.ts";
import { sentences } from "../core/visible.ts";
import { clean, demo, start, stop } from "./commands.ts";
import { LauncherError, messageOf } from "./errors.ts";
import { locked } from "./lock.ts";

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => interrupted.abort(new LauncherError("interrupted; what was started is stopped")));

const program = new Command("launcher").description(
  "The whole system, in Docker when an engine answers, else as native processes (STACK=docker or STACK=native decides).",
);
program
  .command("start")
  .description("bring the stack up and print its addresses")
  .option("--no-demo", "do not replay the sample on the very first start")
  .action((options) => locked("npm start", () => start(options, interrupted.signal)));
program
  .command("stop")
  .description("take the stack down, data kept")
  .action(() => locked("npm stop", stop));
program
  .command("demo")
  .description("replay the sample again")
  .action(() => demo(interrupted.signal));
program
  .command("clean")
  .description("remove all data of the stack")
  .option("--yes", "do not ask", false)
  .action((options) => locked("npm run clean", () => clean(options)));

const isForUser = (error: unknown): error is Error => [LauncherError, ConfigError, UserError].some((kind) => error instanceof kind);

try {
  await program.parseAsync();
} catch (thrown) {
  const error = interrupted.signal.aborted ? interrupted.signal.reason : thrown;
  console.error(pc.red(sentences(isForUser(error) ? error.message : (systemSentence(error) ?? (error as Error).stack ?? messageOf(error)))));
  process.exitCode = interrupted.signal.aborted ? 130 : 1;
}
