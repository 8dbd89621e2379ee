import { spawnSync } from "node:child_process";
import { UserError } from "../../../core/errors.ts";
import type { Files } from "../model/model.ts";

/** A commit to compare with, and how it was found. */
export type Base = Readonly<{ commit: string; label: string }>;

const MOST_BYTES = 2 ** 30;

/** What git answers in a folder; undefined when it refuses. */
function git(root: string, args: readonly string[], { input = "" } = {}): Buffer | undefined {
  const { status, stdout, error } = spawnSync("git", args, {
    cwd: root,
    input,
    maxBuffer: MOST_BYTES,
    env: { ...process.env, LC_ALL: "C" },
  });
  if (error)
    throw new UserError(
      `git cannot be started (${error.message}); install it, or name two folders with --from DIR --to DIR.`,
      { cause: error },
    );
  return status === 0 ? stdout : undefined;
}
const line = (answer: Buffer | undefined) => answer?.toString("utf8").trim();
const short = (commit: string) => commit.slice(0, 9);

const commitOf = (root: string, name: string) =>
  line(git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]));

/** The commit that a name stands for. */
export function namedCommit(root: string, name: string): Base {
  const commit = commitOf(root, name);
  if (!commit)
    throw new UserError(`"${name}" is no commit of this repository; name one that "git log" shows, or fetch it.`);
  return { commit, label: commit.startsWith(name) ? short(commit) : `${name} (${short(commit)})` };
}

/** Where the branch left `origin/main`, else `main`, else the last commit. */
export function defaultBase(root: string): Base {
  for (const branch of ["origin/main", "main"]) {
    const commit = commitOf(root, branch) && line(git(root, ["merge-base", branch, "HEAD"]));
    if (commit) return { commit, label: `${short(commit)} (where this branch left ${branch})` };
  }
  const head = commitOf(root, "HEAD");
  if (head) return { commit: head, label: `HEAD (${short(head)})` };
  throw new UserError("There is no commit here to compare with; name two folders with --from DIR --to DIR.");
}

/** The files of a folder as a commit has them, by their path inside it; empty when the commit has no such folder. */
export function filesAt({ root, folder }: Readonly<{ root: string; folder: string }>, { commit }: Base): Files {
  const entries = (git(root, ["ls-tree", "-r", "-z", commit, "--", `${folder}/`])?.toString("utf8") ?? "")
    .split("\0")
    .flatMap((entry) => {
      const [, hash, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
      return hash && path ? [{ hash, path: path.slice(folder.length + 1) }] : [];
    });
  const answer = git(root, ["cat-file", "--batch"], { input: `${entries.map(({ hash }) => hash).join("\n")}\n` });
  const missing = () =>
    new UserError(`git has not all files of ${folder}/ at ${short(commit)}; fetch the whole repository.`);
  if (!answer) throw missing();
  let at = 0;
  return new Map(
    entries.map(({ path }) => {
      const start = answer.indexOf("\n", at) + 1;
      const size = Number(answer.toString("utf8", at, start).split(" ")[2]);
      if (Number.isNaN(size)) throw missing();
      at = start + size + 1;
      return [path, answer.toString("utf8", start, start + size)];
    }),
  );
}
