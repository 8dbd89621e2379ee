import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { config } from "../../src/config.ts";
import { LEDGER } from "../../src/core/places.ts";
import { megabytes, seconds } from "../../src/core/units.ts";
import { writeTarget } from "../../src/generator/build.ts";
import { outputs } from "../../src/generator/outputs.ts";
import { composeTarget, nativeTarget } from "../../src/generator/targets.ts";
import { BUILD } from "../support/built.ts";
import { folderOfTest } from "../support/folder.ts";

const files = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );

let scratch: string;
let folder: string;
beforeEach(() => {
  scratch = folderOfTest();
  folder = join(scratch, "build");
  mkdirSync(folder);
  vi.stubEnv("RUNBOOK_BASE_URL", undefined);
});
afterEach(() => vi.unstubAllEnvs());

test("build/ and ledger.jsonl are what the code gives now; if this fails, run npm run build and commit", () => {
  const ledger = join(scratch, "ledger.jsonl");
  cpSync(LEDGER, ledger);
  writeTarget(folder, composeTarget, { ledger, keep: true });
  expect(files(folder)).toEqual(files(BUILD));
  expect(readFileSync(ledger, "utf8")).toBe(readFileSync(LEDGER, "utf8"));
});

test("another target takes its tombstones from the ledger, which it leaves as it is", () => {
  const ledger = join(scratch, "ledger.jsonl");
  const text = '{"status":"active","kind":"rule","uid":"6-ancienne","title":"Ancienne"}\n';
  writeFileSync(ledger, text);
  const { retired } = writeTarget(folder, composeTarget, { ledger });
  expect(retired.map(({ uid }) => uid)).toEqual(["6-ancienne"]);
  expect(files(folder)["grafana-provisioning/alerting/0-retired.yml"]).toContain(
    "deleteRules:\n  - orgId: 1\n    uid: 6-ancienne\n",
  );
  expect(readFileSync(ledger, "utf8")).toBe(text);
});

test("a place that cannot be written is named, and all stays as it was, the ledger too", () => {
  const ledger = join(scratch, "ledger.jsonl");
  writeFileSync(ledger, "");
  writeFileSync(join(folder, "grafana-provisioning"), "a file where a folder must be");
  expect(() => writeTarget(folder, composeTarget, { ledger, keep: true })).toThrow(
    /^cannot write to .*nothing was changed$/,
  );
  expect(files(scratch)).toEqual({ "ledger.jsonl": "", "build/grafana-provisioning": "a file where a folder must be" });
});

test("a second run changes nothing, and a file that no longer belongs goes away", () => {
  cpSync(BUILD, folder, { recursive: true });
  expect(writeTarget(folder, composeTarget).changed).toEqual([]);
  writeFileSync(join(folder, "grafana-provisioning/alerting/6-ancienne.yml"), "old");
  expect(writeTarget(folder, composeTarget).changed).toEqual(["grafana-provisioning/alerting/6-ancienne.yml"]);
  expect(files(folder)).toEqual(files(BUILD));
});

test("a wrong configuration leaves everything as it was", () => {
  cpSync(BUILD, folder, { recursive: true });
  const wrong = {
    ...config,
    retention: seconds(-1),
    rules: {
      ...config.rules,
      "5-surconsommation-ressources": { ...config.rules["5-surconsommation-ressources"], memory: megabytes(0) },
    },
  };
  expect(() => writeTarget(folder, composeTarget, { input: wrong })).toThrow(/3 faults; nothing was written/);
  expect(files(folder)).toEqual(files(BUILD));
});

test("the native target differs from compose in endpoints and paths only", () => {
  const native = nativeTarget({
    ports: { loki: 13100, lokiGrpc: 19095, promtail: 19080, kafka: 19092 },
    data: "/data",
    build: "/out",
  });
  const [compose, other] = [composeTarget, native].map((target) => outputs(config, target));
  const different = [...compose!].filter(([path, content]) => other!.get(path) !== content).map(([path]) => path);
  expect(different).toEqual([
    "grafana-provisioning/datasources/loki.yaml",
    "grafana-provisioning/dashboards/dashboards.yml",
    "loki-config.yml",
    "promtail-config.yml",
  ]);
  const differentLines = different.flatMap((path) => {
    const lines = other!.get(path)!.split("\n");
    return compose!
      .get(path)!
      .split("\n")
      .flatMap((line, index) => (line === lines[index] ? [] : [line.trim().replace(/^- /, "").split(":")[0]]));
  });
  expect(new Set(differentLines)).toEqual(
    new Set([
      "url",
      "path",
      "http_listen_address",
      "http_listen_port",
      "grpc_listen_port",
      "path_prefix",
      "chunks_directory",
      "rules_directory",
      "working_directory",
      "filename",
      "kafka",
    ]),
  );
});

test("the runbook's address stands in every rule when a base address is given", () => {
  const built = outputs(config, composeTarget, { runbookBaseUrl: "https://wiki.example/runbooks/" });
  expect(built.get("grafana-provisioning/alerting/3-source-muette.yml")).toContain(
    "runbook_url: https://wiki.example/runbooks/3-source-muette.md",
  );
  expect(outputs(config, composeTarget).get("grafana-provisioning/alerting/3-source-muette.yml")).not.toContain(
    "runbook_url",
  );
});
