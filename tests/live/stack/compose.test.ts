import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { artifacts, provide } from "../../../src/stack/artifacts.ts";
import { composeFile } from "../../../src/stack/compose-file.ts";
import { toTerminal } from "../../../src/stack/print.ts";
import { run } from "../../../src/stack/run.ts";
import { envCases } from "../../stack/env-cases.ts";
import { folderOfFile } from "../../support/folder.ts";
import { testComposeFile } from "../../support/stack.ts";

const BUILD_MS = 600_000;
const secrets = { GRAFANA_ADMIN_PASSWORD: "x", S3_ACCESS_KEY: "x", S3_SECRET_KEY: "x" };
const folder = folderOfFile();
const edited = (name: string, from: string, to: string) => {
  const file = join(folder, name);
  writeFileSync(file, readFileSync(composeFile, "utf8").replace(from, to));
  return file;
};

/** Checks with the pinned Docker Compose, which needs no engine and is built if missing; rejects with what it says. */
async function checkCompose(env: NodeJS.ProcessEnv, files: readonly string[] = [composeFile]): Promise<void> {
  const [program = ""] = await provide([artifacts.compose()], { print: toTerminal });
  await run(program, [...files.flatMap((file) => ["-f", file]), "--profile", "*", "config", "--quiet"], {
    env: { ...process.env, ...env },
  });
}

beforeAll(() => {
  for (const name of ["collectors.yml", "kafka.yml"])
    copyFileSync(join(dirname(composeFile), name), join(folder, name));
  return checkCompose(secrets);
}, BUILD_MS);

test("the files of the stack and of its tests are accepted", async () => {
  await expect(checkCompose(secrets, [composeFile, testComposeFile])).resolves.toBeUndefined();
});

test("a misspelt key is refused by name", async () => {
  await expect(checkCompose(secrets, [edited("misspelt.yml", "healthcheck:", "healthchek:")])).rejects.toThrow(
    "healthchek",
  );
});

test("a dependency on a service that does not exist is refused", async () => {
  await expect(
    checkCompose(secrets, [edited("unknown.yml", "depends_on: { loki:", "depends_on: { lokki:")]),
  ).rejects.toThrow("lokki");
});

test("COLLECTOR chooses between Promtail and the forwarder, and a wrong one is refused by name", async () => {
  await checkCompose({ ...secrets, COLLECTOR: "forwarder" });
  await expect(checkCompose({ ...secrets, COLLECTOR: "alloy" })).rejects.toThrow(/(promtail|forwarder)-with-alloy/);
});

test("without a Grafana password the file is refused", async () => {
  await expect(checkCompose({ ...secrets, GRAFANA_ADMIN_PASSWORD: "" })).rejects.toThrow("GRAFANA_ADMIN_PASSWORD");
});

test("deploy/.env means to the launcher what it means to Docker Compose", () => {
  const place = join(folder, "settings");
  mkdirSync(place);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Compose
  writeFileSync(join(place, "compose.yml"), "services: { a: { image: x, environment: { X: '${X}' } } }");
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, OTHER: "other" };
  const read = envCases.map(([text]) => {
    writeFileSync(join(place, ".env"), text);
    const printed = execFileSync(artifacts.compose().path, ["config", "--format", "json"], {
      cwd: place,
      env,
      encoding: "utf8",
    });
    // Its output could be its input: each dollar sign is doubled.
    return [text, JSON.parse(printed).services.a.environment.X.replaceAll("$$", "$")];
  });
  expect(read).toEqual(envCases);
});
