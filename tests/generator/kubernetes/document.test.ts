import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { secrets } from "../../../src/generator/kubernetes/names.ts";
import charts from "./chart-keys.json" with { type: "json" };
import { example } from "./example.ts";
import { files } from "./support.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/kubernetes.md"), "utf8");
const [commands] = /```sh\n# 1\.[\s\S]*?```/.exec(text) ?? [];

describe("docs/kubernetes.md", () => {
  test("goes from nothing to a running cluster with ten commands", () => {
    const lines = commands!.split("\n").filter((line) => /^(npm|docker|helm|kubectl) /.test(line));
    expect(lines).toHaveLength(10);
  });

  test("installs every chart at a fixed version: Loki's and Grafana's where the keys of their values were looked up", () => {
    const installs = commands!.split("\n").filter((line) => line.startsWith("helm "));
    for (const line of installs) expect(line).toMatch(/ --version \d+\.\d+\.\d+ /);
    for (const { address, version } of Object.values(charts))
      expect(installs.filter((line) => line.includes(` ${address} --version ${version} `))).toHaveLength(1);
  });

  test("names the image, the namespace and the secrets of the example", () => {
    const { image, namespace } = example.targets.kubernetes;
    expect(commands).toContain(`-t ${image} .`);
    expect(commands).toContain(`kubectl create namespace ${namespace}\n`);
    for (const secret of [secrets.grafana, secrets.s3, secrets.lokiS3]) expect(text).toContain(secret);
    const keys = ["admin-user", "admin-password", "database-password", "smtp-user", "smtp-password"];
    for (const key of keys) {
      expect(text).toContain(`\`${key}=\``);
      expect(files.get("kubernetes/values/grafana.yaml")).toContain(key);
    }
  });

  test("names files that are generated, and all of them", () => {
    const table = text.slice(text.indexOf("## What is generated"), text.indexOf("Versions of images"));
    const places = [...files.keys()]
      .filter((path) => /^kubernetes|kustomization/.test(path))
      .map((path) => (path.endsWith("kustomization.yaml") ? path : `${path.split("/").slice(0, 2).join("/")}/`));
    expect(new Set(places)).toEqual(
      new Set(table.match(/(?<=`)[\w-]*(kubernetes|grafana-provisioning)\/[\w./-]*(?=`)/g)),
    );
  });
});
