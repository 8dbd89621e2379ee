import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { rootFolder } from "../src/core/places.ts";

type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
type Job = { strategy?: { matrix: { node: string[] } }; env?: Record<string, string>; steps: Step[] };
const read = (path: string) => readFileSync(join(rootFolder, path), "utf8");
const jobs = ["ci", "diff"].flatMap((name) => Object.entries<Job>(parse(read(`.github/workflows/${name}.yml`)).jobs));
const ofNode = (job: Job) =>
  job.steps
    .filter(({ uses }) => uses?.startsWith("actions/setup-node@"))
    .map((step) => String(step.with?.["node-version-file"]));
const pinned = read(".nvmrc").trim();

test("the image, .nvmrc, .ci/run and the workflows' suites run one Node 24", () => {
  expect(pinned).toMatch(/^24\.\d+\.\d+$/);
  expect(read(".ci/run")).toContain("NODE=$(cat .nvmrc)\n");
  expect(read("deploy/producer.Dockerfile")).toContain(`FROM node:${pinned}-alpine\n`);
  const suites = jobs.filter(([, { strategy }]) => !strategy).flatMap(([, job]) => ofNode(job));
  expect(new Set(suites)).toEqual(new Set([".nvmrc"]));
});

test("npm test runs on the oldest Node that package.json takes, on 22 and on 24", () => {
  const { matrix } = jobs.find(([name]) => name === "test")![1].strategy!;
  expect(matrix.node[0]).toBe(`${JSON.parse(read("package.json")).engines.node.replace(">=", "")}.0`);
  expect(matrix.node.slice(1)).toEqual([expect.stringMatching(/^22\.\d+\.\d+$/), pinned]);
});

test("every suite of .ci/run runs on real containers in the docker job", () => {
  const docker = jobs.find(([name]) => name === "docker")![1];
  const runs = docker.steps.flatMap(({ run }) => (run ? [run] : []));
  expect(docker.env).toEqual({ STACK: "docker" });
  const names = /^for name in (.+); do$/m.exec(read(".ci/run"))?.[1]?.split(" ") ?? [];
  expect(names).toHaveLength(7);
  for (const name of names) expect(runs).toContain(`npm run test:${name}`);
  expect(runs).toContain("STACK=native npm run test:stack -- tests/live/stack/native");
});

test("every action is pinned by its commit, and says which version that is", () => {
  const uses = readdirSync(join(rootFolder, ".github/workflows")).flatMap((name) => [
    ...read(`.github/workflows/${name}`).matchAll(/uses: (.*)/g),
  ]);
  expect(uses.length).toBeGreaterThan(20);
  for (const [, action] of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
});
