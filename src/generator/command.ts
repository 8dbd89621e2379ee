import { config } from "../config.ts";
import { guarded, parserOf, type Run } from "../core/command.ts";
import { BUILD } from "../core/places.ts";
import { writeTarget } from "./build.ts";
import { composeTarget } from "./targets.ts";

/** Writes `build/` and the ledger; the exit status is 0, or 1 where nothing was written. */
export const run: Run = (args, around) =>
  guarded(async () => {
    parserOf("build", around)
      .description("Writes every generated file into build/, all or nothing, and says what changed.")
      .parse(args, { from: "user" });
    const { files, changed, retired } = writeTarget(BUILD, composeTarget, config, { keep: true });
    const which = changed.length === 0 ? "unchanged" : `${changed.length} changed:\n  ${changed.join("\n  ")}`;
    around.stdout.write(`build/: ${files} files, ${which}\n`);
    for (const { kind, uid } of retired)
      around.stdout.write(
        `retired: ${kind} "${uid}"; running Grafanas remove it, and nothing may be called so again (ledger.jsonl)\n`,
      );
    return 0;
  }, around);
