import { readFile } from "node:fs/promises";
import { InvalidArgumentError, Option } from "commander";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { UserError } from "../../core/errors.ts";
import { unreadable } from "../../core/folder.ts";
import { sentence, visibleJson } from "../../core/visible.ts";
import { answer, type CaseFile, streamsOfFile } from "../../logql/cases.ts";
import { EvaluationError, LogqlError } from "../../logql/errors.ts";
import { type AskFlags, ask } from "./ask.ts";
import { readCases } from "./forms.ts";
import { asJson, asTable } from "./print.ts";
import { streamsNamed } from "./sources.ts";

type Flags = AskFlags & Readonly<{ logs?: string; json: boolean }>;

const limit = (text: string) => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Write a whole number from 1 on.");
  return Number(text);
};

type Around = Omit<Surroundings, "folder" | "interrupted">;

const parser = (around: Around) =>
  parserOf("logql", around)
    .description("Answers LogQL as Loki does, without a Loki: a query over one's own logs, or files of cases.")
    .argument("<query|cases.json...>", "with --logs a LogQL query; without, files of streams and cases")
    .option(
      "--logs <from>",
      "a logs.json, a folder or an S3 address of such, -, or streams (a case file's, or those of a push to Loki)",
    )
    .option("--at <time>", "ask a metric query at this moment: RFC 3339, seconds, now-1h (default: the newest entry)")
    .option("--start <time>", "ask over a range from here (default: an hour before its end)")
    .option("--end <time>", "up to here (default: the newest entry)")
    .option("--step <duration>", "between two points (default: 1/250 of the range, in whole seconds)")
    .option("--limit <lines>", "the most lines of a log query", limit, 100)
    .addOption(new Option("--direction <order>", "of lines").choices(["forward", "backward"]).default("backward"))
    .option("--json", "print the answer in the form of Loki's API", false)
    .addHelpText("after", "\nExit status: 0 answered, 1 a query that is refused or a file that cannot be read.");

/** Runs one question; the exit status is 0, or 1 for a query that is refused or a file that cannot be read. */
export const run = async (args: readonly string[], around: Around): ReturnType<Run> => {
  const parsed = parser(around).parse(args, { from: "user" });
  const flags = parsed.opts<Flags>();
  const { logs } = flags;
  return logs === undefined ? cases(parsed.args, around) : question(parsed.args, { ...flags, logs }, around);
};

async function question(
  args: readonly string[],
  flags: Flags & Readonly<{ logs: string }>,
  around: Around,
): Promise<number> {
  const [query, ...more] = args;
  if (more.length > 0) throw new UserError("--logs takes one query; put it between single quotes.");
  const reply = replyTo(query!, await streamsNamed(flags.logs, around), flags);
  around.stdout.write(flags.json ? visibleJson(asJson(reply)) : asTable(reply));
  return 0;
}

function replyTo(...asked: Parameters<typeof ask>): ReturnType<typeof ask> {
  try {
    return ask(...asked);
  } catch (error) {
    if (error instanceof LogqlError || error instanceof EvaluationError)
      throw new UserError(error.message, { cause: error });
    throw error;
  }
}

async function cases(files: readonly string[], { stdout, stderr }: Around): Promise<number> {
  const answers: unknown[] = [];
  let status = 0;
  for (const file of files) {
    const read = await caseFile(file);
    if (typeof read === "string") {
      stderr.write(`${sentence(read)}\n`);
      status = 1;
      continue;
    }
    const streams = streamsOfFile(read);
    for (const one of read.cases) answers.push({ id: one.id, ...answer(one, streams) });
  }
  stdout.write(visibleJson(`[\n${answers.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`));
  return status;
}

/** A file of cases, or one sentence why it is none. */
async function caseFile(file: string): Promise<CaseFile | string> {
  try {
    const read = readCases(JSON.parse(await readFile(file, "utf8")));
    if (read.fault === undefined) return read.value;
    return `${file} is no file of cases (${read.fault}): it needs "t0" (RFC 3339), "streams" and "cases". To ask your own logs, use --logs.`;
  } catch (error) {
    const isJson = error instanceof SyntaxError;
    if (isJson) return `${file} is not JSON; a file of cases is {"t0", "streams", "cases"}.`;
    const hint = /[{(]/.test(file) ? "; a query is asked of logs: add --logs FILE" : "";
    return `${file} ${unreadable(error)}${hint}.`;
  }
}
