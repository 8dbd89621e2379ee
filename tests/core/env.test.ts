import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { data } from "../../src/core/env/data.ts";
import { shell } from "../../src/core/env/shell.ts";
import { families, stack } from "../../src/core/env/stack.ts";
import { setting, type Variable } from "../../src/core/env.ts";
import { needed } from "../../src/stack/needed.ts";
import { strayLines } from "../../src/stack/settings.ts";
import { settingsPage } from "../support/settings-page.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = (file: string) => readFileSync(join(root, file), "utf8");
const names = (of: string, pattern: RegExp) => [...new Set([...of.matchAll(pattern)].map(([, name]) => name!))];
const isKnown = (name: string) => name in { ...data, ...stack, ...shell };

test("docs/settings.md says what the variables say", () => {
  const script = 'import("./tests/support/settings-page.ts").then((page) => process.stdout.write(page.settingsPage()))';
  const how = `write it anew: node --import tsx --input-type=module -e '${script}' > docs/settings.md`;
  expect(text("docs/settings.md"), how).toBe(settingsPage());
});

test("every name of deploy/.env.example is one that is read", () => {
  const shown = names(text("deploy/.env.example"), /^(?:# )?([A-Z][A-Z0-9_]*)=/gm);
  expect(shown.length).toBeGreaterThan(30);
  expect(strayLines(shown.map((name) => `${name}=x`).join("\n"))).toEqual([]);
});

test("a name of the shell alone is told in deploy/.env", () => {
  expect(strayLines("STACK=native\n")).toEqual([
    "deploy/.env, line 1, sets STACK, which nothing reads; see deploy/.env.example",
  ]);
});

test("every variable of the containers is known, with the default that they have", () => {
  const compose = text("deploy/docker-compose.yml");
  expect(names(compose, /\$\{(\w+)/g).filter((name) => !isKnown(name))).toEqual([]);
  const defaults = [...compose.matchAll(/\$\{(\w+):-([^${}]+)\}/g)].filter(([, name]) => name !== "COLLECTOR");
  expect(defaults.length).toBeGreaterThan(8);
  for (const [, name, value] of defaults) expect(`${name}=${setting({}, name as Variable)}`).toBe(`${name}=${value}`);
});

test("every variable that the source reads is known", () => {
  const surroundings = ["PATH", "INIT_CWD", "MAVEN_OPTS"];
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const read = files.flatMap((file) => names(text(join("src", file)), /\benv\.([A-Z][A-Z0-9_]*)\b/g));
  expect(read).toContain("INGEST_FROM");
  const unknown = read.filter(
    (name) => !isKnown(name) && !surroundings.includes(name) && !families.some((family) => name.startsWith(family)),
  );
  expect(unknown).toEqual([]);
});

test("one that is empty counts as not set", () => {
  expect(setting({ LOGS_TIMEZONE: "" }, "LOGS_TIMEZONE")).toBe("UTC");
  expect(setting({ INGEST_FROM: "" }, "INGEST_FROM")).toBeUndefined();
});

test("a value that does not do is one sentence", () => {
  expect(() => setting({ LOG_LEVEL: "loud" }, "LOG_LEVEL")).toThrow(
    'LOG_LEVEL is "loud"; set it to fatal, error, warn, info, debug, trace or silent.',
  );
});

test.each(["Mars/Olympus", "Paris", "browser"])("%s is no zone", (zone) =>
  expect(() => setting({ LOGS_TIMEZONE: zone }, "LOGS_TIMEZONE")).toThrow(
    `LOGS_TIMEZONE is "${zone}", which is no known time zone; set it to an IANA name such as Europe/Paris or America/Montreal.`,
  ),
);

test("what the programs read of the shell reaches them, Loki's tenant too", () => {
  expect(needed({ LOKI_TENANT: "a", FORWARDER_STATUS_ADDRESS: "127.0.0.1:0", AWS_PROFILE: "p" })).toEqual({
    LOKI_TENANT: "a",
    AWS_PROFILE: "p",
  });
});
