import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { buildGovulncheck, type GoProgram, goFindings, goPrograms } from "../../../src/stack/audit/go.ts";
import { deployFolder } from "../../../src/stack/paths.ts";
import { folderOfFile } from "../../support/folder.ts";

const folder = folderOfFile();

/** A vulnerability database of one entry, against a function of the standard library. */
function database(name: string, path: string, symbol: string): string {
  const root = join(folder, name);
  const write = (file: string, value: unknown) => writeFileSync(join(root, file), JSON.stringify(value));
  for (const part of ["index", "ID"]) mkdirSync(join(root, part), { recursive: true });
  const modified = "2026-01-01T00:00:00Z";
  write("index/db.json", { modified });
  write("index/modules.json", [{ path: "stdlib", vulns: [{ id: "GO-2026-0001", modified, fixed: "9.0.0" }] }]);
  write("ID/GO-2026-0001.json", {
    schema_version: "1.3.1",
    id: "GO-2026-0001",
    modified,
    summary: "A made-up fault",
    details: "A made-up fault",
    affected: [
      {
        package: { name: "stdlib", ecosystem: "Go" },
        ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "9.0.0" }] }],
        ecosystem_specific: { imports: [{ path, symbols: [symbol] }] },
      },
    ],
  });
  return pathToFileURL(root).href;
}

/** A program that is quick to check: it decodes JSON, and nothing else. */
const decoder: GoProgram = { name: "decoder", folder: join(folder, "decoder"), package: "." };

let govulncheck: string;
beforeAll(async () => {
  govulncheck = await buildGovulncheck(join(deployFolder, "audit"), folder);
  mkdirSync(decoder.folder);
  writeFileSync(join(decoder.folder, "go.mod"), "module decoder\n\ngo 1.26\n");
  writeFileSync(
    join(decoder.folder, "main.go"),
    'package main\n\nimport "encoding/json"\n\nfunc main() { json.Unmarshal([]byte("1"), new(int)) }\n',
  );
});

test("every Go program of the native stack is checked", () => {
  expect(goPrograms(join(deployFolder, "native")).map((program) => [program.name, program.package])).toEqual([
    ["compose", "github.com/docker/compose/v2/cmd"],
    ["versitygw", "github.com/versity/versitygw/cmd/versitygw"],
  ]);
});

test("a function that the program calls is a finding, told once", async () => {
  const called = database("called", "encoding/json", "Unmarshal");
  expect(await goFindings(decoder, { govulncheck, database: called })).toEqual([
    {
      id: "GO-2026-0001",
      where: expect.stringMatching(/^decoder stdlib v1\./),
      what: "A made-up fault (mended in v9.0.0)",
    },
  ]);
});

test("one that it does not call is none", async () => {
  const other = database("not-called", "encoding/json", "Marshal");
  expect(await goFindings(decoder, { govulncheck, database: other })).toEqual([]);
});

test("a database that cannot be read is no clean bill", async () => {
  const none = pathToFileURL(join(folder, "none")).href;
  await expect(goFindings(decoder, { govulncheck, database: none })).rejects.toThrow(
    /^govulncheck could not check decoder \(.*none/,
  );
});
