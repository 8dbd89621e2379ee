import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { folderOfTest } from "../../support/folder.ts";
import type { Any } from "../../tools/diff/support.ts";

const workflow: Any = parse(readFileSync(".github/workflows/diff.yml", "utf8"));
const steps: Any[] = workflow.jobs.comment.steps;
const script: string = steps.find(({ run }) => run).run;

let folder: string;
beforeEach(() => {
  folder = folderOfTest();
  writeFileSync(join(folder, "diff.md"), "**1 change**\n");
});

/** Runs the posting step with a `gh` that only notes what it is asked. */
function posted(status: string, comments: string): string {
  const gh = join(folder, "gh");
  writeFileSync(
    gh,
    `#!/bin/sh\ncase "$*" in *--paginate*) printf '${comments}';; *) echo "$*" >> calls; cat body.md >> calls;; esac\n`,
  );
  chmodSync(gh, 0o755);
  writeFileSync(join(folder, "status"), `${status}\n`);
  writeFileSync(join(folder, "calls"), "");
  const env = { PATH: `${folder}:${process.env.PATH}`, REPOSITORY: "me/it", NUMBER: "7" };
  const { status: exit, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  expect([exit, stderr]).toEqual([0, ""]);
  return readFileSync(join(folder, "calls"), "utf8");
}

test("one comment: posted once, then updated in place; none when nothing changed", () => {
  const body = "<!-- npm run diff -->\n**1 change**\n";
  expect(posted("1", "")).toBe(
    `api --silent --method POST repos/me/it/issues/7/comments --field body=@body.md\n${body}`,
  );
  expect(posted("1", "42\\n43\\n")).toBe(
    `api --silent --method PATCH repos/me/it/issues/comments/42 --field body=@body.md\n${body}`,
  );
  expect(posted("0", "42\\n")).toContain("PATCH");
  expect(posted("0", "")).toBe("");
});

test("the pictures are drawn with the words, attached when something changed, and linked from the comment", () => {
  const all: Any[] = workflow.jobs.diff.steps;
  const [compared, attached, linked] = [
    all.find(({ id }) => id === "diff"),
    all.find(({ id }) => id === "pictures"),
    all.find(({ env }) => env?.PICTURES),
  ];
  expect(compared.run).toContain("npm run -s diff -- HEAD^1 HEAD --format markdown --pictures pictures > diff.md");
  expect(attached.with.path).toBe("pictures");
  for (const step of [attached, linked]) expect(step.if).toBe("steps.diff.outputs.status == '1'");
  expect(linked.env.PICTURES).toMatch(/^\$\{\{ steps\.pictures\.outputs\.artifact-url \}\}$/);
  const order = all.map((step) => [compared, attached, linked].indexOf(step)).filter((place) => place >= 0);
  expect(order).toEqual([0, 1, 2]);
  const env = { PATH: process.env.PATH, PICTURES: "https://example.org/artifact", GITHUB_STEP_SUMMARY: "summary" };
  expect(
    spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", linked.run], { cwd: folder, env }).status,
  ).toBe(0);
  const link = "\n[Before and after, in pictures](https://example.org/artifact)\n";
  expect(readFileSync(join(folder, "diff.md"), "utf8")).toBe(`**1 change**\n${link}`);
  expect(readFileSync(join(folder, "summary"), "utf8")).toBe(link);
  // The words that go with the comment are those that have the link.
  expect(all.at(-1).with.path).toBe("diff.md\nstatus");
});

test("a pull request's code never runs with the right to write, and a fork's job does not try to", () => {
  expect(workflow.on).toBe("pull_request");
  expect(JSON.stringify(workflow)).not.toMatch(/secrets\./);
  expect([workflow.permissions, workflow.jobs.diff.permissions, workflow.jobs.comment.permissions]).toEqual([
    {},
    { contents: "read" },
    { "pull-requests": "write" },
  ]);
  expect(steps.map(({ uses }) => uses?.split("@")[0])).toEqual(["actions/download-artifact", undefined]);
  expect(workflow.jobs.comment.if).toContain("head.repo.full_name == github.repository");
  expect(JSON.stringify(workflow.jobs)).not.toMatch(/\$\{\{ *github\.(event\.pull_request\.(title|body)|head_ref)/);
});
