import { PINNED, profileOf } from "../../alerting/profile.ts";
import { parserOf, type Run } from "../../core/command.ts";
import { sentence, visibleJson } from "../../core/visible.ts";
import { judgeFiles } from "./files.ts";

const DESCRIPTION =
  "Prints, as JSON, what Grafana would answer for rules on log histories: [{name, verdict}]. A case that cannot be judged is named on standard error (status 1).";

/** Judges the named cases; the exit status is 0, or 1 where one cannot be judged. */
export const run: Run = async (args, around) => {
  const parser = parserOf("verdict", around)
    .description(DESCRIPTION)
    .argument("<case.json...>", "files of one case each")
    .option("--profile <version>", "the Grafana version to follow", PINNED)
    .option("--loki <url>", "ask a running Loki with -auth.enabled=true instead of the engine in process")
    .parse(args, { from: "user" });
  const { profile, loki } = parser.opts<{ profile: string; loki?: string }>();
  const { verdicts, faults } = await judgeFiles(parser.args, { profile: profileOf(profile), loki });
  around.stdout.write(visibleJson(`${JSON.stringify(verdicts, null, 1)}\n`));
  for (const fault of faults) around.stderr.write(`${sentence(fault)}\n`);
  return faults.length > 0 ? 1 : 0;
};
