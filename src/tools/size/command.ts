import { config } from "../../config.ts";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { printDuration } from "../../core/units.ts";
import { assumptions } from "./costs.ts";
import { type Flags, loadOf } from "./options.ts";
import { print } from "./print.ts";
import { sizeOf } from "./size.ts";
import { scale } from "./table.ts";

const parser = (around: Surroundings) =>
  parserOf("size", around)
    .description(
      "Says what a number of records a day needs of Kafka, Loki and S3, and which query becomes slow, from measured costs.",
    )
    .option("--records-per-day <number>", "how many records come a day, such as 1e8")
    .option("--sources <number>", "how many sources bring them, such as 300")
    .option(
      "--retention <time>",
      `how long Loki keeps them (default: ${printDuration(config.retention)}, of src/config.ts)`,
    )
    .option("--peak <factor>", `the busiest moment, as a multiple of the mean (default: ${assumptions.peak})`)
    .option("--table", "print the tables of docs/scale.md instead", false);

/** Prints what a load needs; the exit status is 0, or 1 for what cannot be read, with one sentence. */
export const run: Run = async (args, around) => {
  const { table, ...flags } = parser(around).parse(args, { from: "user" }).opts<Flags & { table: boolean }>();
  around.stdout.write(table ? `${scale(config)}\n` : print(sizeOf(loadOf(flags, config.retention), config), config));
  return 0;
};
