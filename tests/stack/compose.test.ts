import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkCompose } from "../../deploy/launcher/compose-check.ts";
import { composeFile } from "../../deploy/launcher/compose-file.ts";
import { testComposeFile } from "../../deploy/launcher/docker.ts";

const BUILD_MS = 600_000;
const secrets = { GRAFANA_ADMIN_PASSWORD: "x", S3_ACCESS_KEY: "x", S3_SECRET_KEY: "x" };
const folder = mkdtempSync(join(tmpdir(), "compose-"));
const collectors = join(dirname(composeFile), "collectors.yml");
const edited = (name: string, from: string, to: string) => {
  const file = join(folder, name);
  writeFileSync(file, readFileSync(composeFile, "utf8").replace(from, to));
  return file;
};

beforeAll(() => {
  copyFileSync(collectors, join(folder, "collectors.yml"));
  return checkCompose(secrets);
}, BUILD_MS);
afterAll(() => rmSync(folder, { recursive: true }));

test("the files of the stack and of its tests are accepted", async () => {
  await checkCompose(secrets, [composeFile, testComposeFile]);
});

test("a misspelt key is refused by name", async () => {
  await expect(checkCompose(secrets, [edited("misspelt.yml", "healthcheck:", "healthchek:")])).rejects.toThrow("healthchek");
});

test("a dependency on a service that does not exist is refused", async () => {
  await expect(checkCompose(secrets, [edited("unknown.yml", "depends_on: { loki:", "depends_on: { lokki:")])).rejects.toThrow("lokki");
});

test("COLLECTOR chooses between Promtail and the forwarder, and a wrong one is refused by name", async () => {
  await checkCompose({ ...secrets, COLLECTOR: "forwarder" });
  await expect(checkCompose({ ...secrets, COLLECTOR: "alloy" })).rejects.toThrow(/(promtail|forwarder)-with-alloy/);
});

test("without a Grafana password the file is refused", async () => {
  await expect(checkCompose({ ...secrets, GRAFANA_ADMIN_PASSWORD: "" })).rejects.toThrow("GRAFANA_ADMIN_PASSWORD");
});
