import type { Command } from "commander";
import { parserOf, type Run } from "../core/command.ts";
import { Interrupted } from "../core/errors.ts";
import { STOP_SIGNALS } from "../core/signals.ts";
import * as commands from "./commands.ts";
import { locked } from "./lock.ts";

const WHERE = "In Docker when an engine answers, else as native processes (STACK=docker or STACK=native decides).";

/** Aborted by each signal: npm passes on a Ctrl-C that this process got, too. What was started stops all the same. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const reason = new Interrupted("interrupted; what was started is stopped");
  for (const signal of STOP_SIGNALS) process.on(signal, () => controller.abort(reason));
  return controller.signal;
}

type StackCommand = Readonly<{
  describe: (parser: Command) => Command;
  act: (parsed: Command, signal: AbortSignal) => Promise<void>;
}>;

const stackCommand =
  (name: string, { describe, act }: StackCommand): Run =>
  async (args, around) => {
    const signal = interruption();
    const parsed = describe(parserOf(name, around)).parse(args, { from: "user" });
    await act(parsed, signal).catch((thrown) => {
      throw signal.aborted ? signal.reason : thrown;
    });
    return 0;
  };

export const start = stackCommand("start", {
  describe: (parser) =>
    parser
      .description(`Brings the stack up and prints its addresses. ${WHERE}`)
      .option("--no-demo", "do not replay the sample on the very first start"),
  act: (parsed, signal) => locked("npm start", () => commands.start(parsed.opts<{ demo: boolean }>(), signal)),
});

export const stop = stackCommand("stop", {
  describe: (parser) => parser.description("Takes the stack down; its data are kept."),
  act: () => locked("npm stop", commands.stop),
});

export const demo = stackCommand("demo", {
  describe: (parser) => parser.description("Replays the sample into the running stack."),
  act: (_, signal) => commands.demo(signal),
});

export const clean = stackCommand("clean", {
  describe: (parser) => parser.description("Removes all data of the stack.").option("--yes", "do not ask", false),
  act: (parsed) => locked("npm run clean", () => commands.clean(parsed.opts<{ yes: boolean }>())),
});
