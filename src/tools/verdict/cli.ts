import { Command } from "commander";
import { ProofError } from "../../alerting/errors.ts";
import { PINNED, profileOf } from "../../alerting/profile.ts";
import { sentence, sentences, visibleJson } from "../../core/visible.ts";
import { judgeFiles } from "./files.ts";

const program = new Command("verdict")
  .description(
    "Prints, as JSON, what Grafana would answer for rules on log histories: [{name, verdict}]. A case that cannot be judged is named on standard error (status 1).",
  )
  .argument("<case.json...>", "files of one case each")
  .option("--profile <version>", "the Grafana version to follow", PINNED)
  .option("--loki <url>", "ask a running Loki with -auth.enabled=true instead of the engine in process")
  .action(async (files: string[], { profile, loki }: { profile: string; loki?: string }) => {
    const { verdicts, faults } = await judgeFiles(files, profileOf(profile), loki);
    process.stdout.write(visibleJson(`${JSON.stringify(verdicts, null, 1)}\n`));
    for (const fault of faults) console.error(sentence(fault));
    if (faults.length > 0) process.exitCode = 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ProofError)) throw error;
  console.error(sentences(error.message));
  process.exitCode = 1;
}
