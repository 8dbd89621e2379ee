import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { endWithSentence } from "../tests/support/ended.ts";
import type { Options } from "./pipeline/bench.ts";
import { benchCarry } from "./pipeline/carry.ts";
import { benchChain } from "./pipeline/chain.ts";
import { benchDisk } from "./pipeline/disk.ts";
import { benchListing } from "./pipeline/listing.ts";
import { benchProducer } from "./pipeline/producer.ts";
import { benchRetention } from "./pipeline/retention.ts";
import { benchShares } from "./pipeline/shares.ts";

/** How fast and how frugal the pipeline is, each figure beside a peer's or a floor's in the same run. */
const DOCUMENT = fileURLToPath(new URL("../docs/pipeline.md", import.meta.url));
const parts: Readonly<Record<string, (options: Options) => Promise<string>>> = {
  producer: benchProducer,
  shares: benchShares,
  carry: (options) => benchCarry({ ...options, records: options.records / 2 }),
  listing: benchListing,
  chain: benchChain,
  disk: benchDisk,
  retention: benchRetention,
};

const flags = new Command("bench:pipeline")
  .option("--records <n>", "how many records", Number, 1_000_000)
  .option("--rounds <n>", "how often each is measured; the median counts", Number, 3)
  .addOption(new Option("--only <part>", "one part").choices(Object.keys(parts)))
  .option("--write", "put the tables into docs/pipeline.md")
  .parse()
  .opts<Options & { only?: string; write?: boolean }>();

/** The document with the text between a part's markers replaced. */
function withTable(document: string, part: string, text: string): string {
  const [start, end] = [`<!-- ${part}: printed by npm run bench:pipeline -->`, `<!-- end of ${part} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${DOCUMENT} has no place for the table "${part}"`);
  return `${document.slice(0, from + start.length)}\n\n${text}\n\n${document.slice(to)}`;
}

for (const [name, measure] of Object.entries(parts).filter(([name]) => !flags.only || name === flags.only)) {
  const printed = await measure(flags).catch(endWithSentence);
  const when = `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model}) shared by all services`;
  console.log(`\n${name} (${when})\n\n${printed}`);
  if (flags.write) writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, "utf8"), name, `${printed}\n\n${when}.`));
}
