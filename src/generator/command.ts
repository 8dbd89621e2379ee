import { parserOf, type Run } from "../core/command.ts";
import { BUILD } from "../core/places.ts";
import { type Written, writeTarget } from "./build.ts";
import { composeTarget } from "./targets.ts";

/** What a build of `build/` wrote, in sentences. */
export const sentencesOf = ({ files, changed, retired }: Written): string => {
  const which = changed.length === 0 ? "unchanged" : `${changed.length} changed:\n  ${changed.join("\n  ")}`;
  const lines = retired.map(
    ({ kind, uid }) =>
      `retired: ${kind} "${uid}"; running Grafanas remove it, and nothing may be called so again (ledger.jsonl)\n`,
  );
  return `build/: ${files} files, ${which}\n${lines.join("")}`;
};

/** Writes `build/` and the ledger; the exit status is 0, or 1 where nothing was written. */
export const run: Run = async (args, around) => {
  parserOf("build", around)
    .description("Writes every generated file into build/, all or nothing, and says what changed.")
    .parse(args, { from: "user" });
  around.stdout.write(sentencesOf(writeTarget(BUILD, composeTarget, { keep: true })));
  return 0;
};
