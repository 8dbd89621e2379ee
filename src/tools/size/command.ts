import { Command, CommanderError } from "commander";
import type { Config } from "../../core/config/schema.ts";
import { UserError } from "../../core/errors.ts";
import { printDuration } from "../../core/units.ts";
import { sentence, sentences } from "../../core/visible.ts";
import { assumptions } from "./costs.ts";
import { type Flags, loadOf } from "./options.ts";
import { print } from "./print.ts";
import { sizeOf } from "./size.ts";
import { scale } from "./table.ts";

export type Surroundings = Readonly<{ stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream }>;

const command = (config: Config, { stdout, stderr }: Surroundings) =>
  new Command("size")
    .description("Says what a number of records a day needs of Kafka, Loki and S3, and which query becomes slow, from measured costs.")
    .option("--records-per-day <number>", "how many records come a day, such as 1e8")
    .option("--sources <number>", "how many sources bring them, such as 300")
    .option("--retention <time>", `how long Loki keeps them (default: ${printDuration(config.retention)}, of src/config.ts)`)
    .option("--peak <factor>", `the busiest moment, as a multiple of the mean (default: ${assumptions.peak})`)
    .option("--table", "print the tables of docs/scale.md instead", false)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(sentences(text)),
      writeErr: (text) => void stderr.write(sentences(text)),
    });

/** Runs the command; the exit status is 0, or 1 for what cannot be read, with one sentence. */
export function run(args: readonly string[], config: Config, around: Surroundings): number {
  try {
    const { table, ...flags } = command(config, around).parse(args, { from: "user" }).opts<Flags & { table: boolean }>();
    if (table) around.stdout.write(`${scale(config)}\n`);
    else around.stdout.write(print(sizeOf(loadOf(flags, config.retention), config), config));
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof UserError)) throw error;
    around.stderr.write(`${sentence(error.message)}\n`);
    return 1;
  }
}
