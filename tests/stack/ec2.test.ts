import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { rootFolder } from "../../src/core/places.ts";
import { deployFolder } from "../../src/stack/paths.ts";

const cloudInit = readFileSync(join(deployFolder, "ec2", "cloud-init.yaml"), "utf8");
const unit = readFileSync(join(deployFolder, "ec2", "data-ingestion.service"), "utf8");
const CLONE = "/opt/data-ingestion";

test("the cloud-init file parses, and says first that it is one", () => {
  expect(cloudInit).toMatch(/^#cloud-config\n/);
  const { packages, runcmd } = parse(cloudInit);
  expect(packages).toContain("docker-compose-v2");
  expect(runcmd.at(-1)).toEqual(["systemctl", "enable", "--now", "data-ingestion.service"]);
});

test("it installs files that are in the repository", () => {
  const used = [...cloudInit.matchAll(/\/opt\/data-ingestion\/([\w./-]+\.\w+)/g)].map(([, path]) => path!);
  expect(used).toEqual(["deploy/ec2/data-ingestion.service"]);
  for (const path of used) expect(existsSync(join(rootFolder, path)), path).toBe(true);
});

test("the unit brings the stack up at boot, with its settings and without the demo", () => {
  expect(unit).toContain("Type=oneshot\nRemainAfterExit=yes");
  expect(unit).toContain(`WorkingDirectory=${CLONE}/deploy\nEnvironmentFile=${CLONE}/deploy/.env`);
  expect(unit).toContain("WantedBy=multi-user.target");
  expect(unit).not.toMatch(/demo|replay/);
});

test("neither names a real host or holds a key", () => {
  for (const text of [cloudInit, unit]) {
    for (const [, host] of text.matchAll(/:\/\/([^/"]+)/g)) expect(host).toMatch(/\.example\.com$/);
    expect(text).not.toMatch(/amazonaws|PRIVATE KEY|AKIA/);
  }
});
