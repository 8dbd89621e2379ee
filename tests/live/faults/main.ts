import { Command, InvalidArgumentError, Option } from "commander";
import { nativeHolder } from "../../../src/stack/chosen.ts";
import { requireInstalled } from "../../../src/stack/installed.ts";
import { endWithSentence } from "../../support/ended.ts";
import { writeClusterPart, writeDocument } from "./document.ts";
import { type Fault, faults } from "./faults.ts";
import { type Collector, collectors, type Rig, startRig } from "./rig.ts";
import { type Row, runRow } from "./run.ts";
import { failures, header, line } from "./table.ts";

/**
 * Breaks one part of the real pipeline at a time amid numbered records, says what was lost or doubled, and writes
 * docs/faults.md when all rows were run.
 */
type Flags = { only?: readonly Fault[]; collector: Collector | "both"; records: number; keep?: boolean };

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
const positive = (text: string) => {
  if (!/^\d+$/.test(text) || Number(text) < 10_000)
    throw new InvalidArgumentError("give a whole number of at least 10000.");
  return Number(text);
};
const chosen = (text: string) =>
  text.split(",").flatMap((key) => {
    if (key.trim() === "cluster") return faults.filter(({ cluster }) => cluster);
    const fault = faults.find((one) => one.key === key.trim());
    if (!fault)
      throw new InvalidArgumentError(
        `there is no fault "${key}"; there are ${faults.map((one) => one.key).join(", ")}.`,
      );
    return fault;
  });
const flags = new Command("test:faults")
  .description("Breaks one part of the real pipeline at a time and counts what was lost or doubled.")
  .option("--only <faults>", "these faults, separated by commas; docs/faults.md is then left as it is", chosen)
  .addOption(
    new Option("--collector <name>", "which collector carries Kafka to Loki")
      .choices([...collectors, "both"])
      .default("both"),
  )
  .option("--records <count>", "how many numbered records each row sends", positive, 200_000)
  .option("--keep", "leave every row's data and logs in the temporary folder")
  .parse()
  .opts<Flags>();

const plan = (flags.only ?? faults).flatMap((fault) =>
  collectors
    .filter(
      (name) => (flags.collector === "both" || name === flags.collector) && !(fault.cluster && name === "promtail"),
    )
    .map((collector) => ({ fault, collector })),
);
/** The document, and some faults, are about Loki and Promtail themselves. */
function assertInstalled(): void {
  if (!flags.only || plan.some(({ fault }) => fault.ofLoki)) requireInstalled("loki");
  if (plan.some(({ collector }) => collector === "promtail")) requireInstalled("promtail");
}
try {
  assertInstalled();
} catch (error) {
  endWithSentence(error);
}
if (nativeHolder(process.env) === "store")
  console.log("Loki is not installed: its part is played by the embedded store (docs/store.md)");
const begin = new Date();
const rows: Row[] = [];
/** The services of a row start while the row before is being measured. */
let upcoming: Promise<Rig> | undefined;
const prepare = (index: number) => {
  if (upcoming) return;
  const next = plan[index];
  upcoming = next && startRig(next.collector, next.fault.cluster);
  upcoming?.catch(() => {});
};

console.log(header);
prepare(0);
for (const [index, { fault, collector }] of plan.entries()) {
  try {
    const rig = await upcoming!;
    upcoming = undefined;
    try {
      const row = await runRow(fault, rig, { records: flags.records, onQuiet: () => prepare(index + 1) });
      rows.push(row);
      console.log(line(row));
      for (const failure of failures(row)) console.log(`  FAILED  ${failure}`);
      if (failures(row).length > 0) process.exitCode = 1;
    } finally {
      if (flags.keep) console.log(`  ${rig.data}`);
      await rig.stop({ keep: flags.keep ?? false });
    }
  } catch (error) {
    console.log(`${fault.key} with ${collector} could not be run: ${(error as Error).message}`);
    process.exitCode = 1;
  }
  prepare(index + 1);
}
const minutes = Math.round((Date.now() - begin.getTime()) / 60_000);
console.log(`${rows.length} of ${plan.length} rows in ${minutes} min`);
if (!flags.only && flags.collector === "both" && rows.length === plan.length)
  console.log(`written: ${writeDocument(rows, { records: flags.records, date: begin, minutes })}`);
const isWhole = rows.length === plan.length && rows.length === faults.filter(({ cluster }) => cluster).length;
if (flags.only?.every(({ cluster }) => cluster) && isWhole)
  console.log(`written: ${writeClusterPart(rows, { records: flags.records, date: begin, minutes })}`);
process.exit();
