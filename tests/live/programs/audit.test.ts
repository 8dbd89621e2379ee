import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { rootFolder } from "../../../src/core/places.ts";
import { judged, readAllowed } from "../../../src/stack/audit/finding.ts";
import { npmFindings } from "../../../src/stack/audit/npm.ts";
import { deployFolder } from "../../../src/stack/paths.ts";
import { called } from "../../support/called.ts";
import { folderOfFile } from "../../support/folder.ts";
import { served } from "../../support/served.ts";

const folder = folderOfFile();
afterEach(() => vi.unstubAllEnvs());

test("whatever cannot be asked is told, each once, and is no clean bill", async () => {
  vi.stubEnv("PATH", folder);
  expect(await called(["audit"])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/^npm could not be run \(.+\ngo could not be run \(.+\.\n$/),
  });
});

describe("npm audit, asking a registry of our own", () => {
  const advisory = {
    id: 1,
    url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
    title: "Reads too much",
    severity: "high",
    vulnerable_versions: "<99",
  };

  /** Answers to `POST …/advisories/bulk`, and what was asked. */
  async function registry(answer: (asked: Record<string, string[]>) => [number, unknown]) {
    const asked: Record<string, string[]>[] = [];
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      if (!request.url?.endsWith("/advisories/bulk")) return void response.writeHead(404).end("{}");
      asked.push(JSON.parse((request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString()));
      const [status, value] = answer(asked.at(-1)!);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    });
    vi.stubEnv("npm_config_registry", `http://127.0.0.1:${await served(server)}`);
    vi.stubEnv("npm_config_cache", folder);
    vi.stubEnv("npm_config_fetch_retries", "0");
    // What would leave the packages for development out, if nothing were done about it.
    vi.stubEnv("NODE_ENV", "production");
    return asked;
  }

  test("a finding has the id of its advisory; packages for development are asked about too", async () => {
    const found = { ...advisory, cwe: [], cvss: { score: 7, vectorString: null } };
    const asked = await registry(() => [200, { kafkajs: [found] }]);
    expect(await npmFindings(rootFolder)).toEqual([
      { id: "GHSA-aaaa-bbbb-cccc", where: "npm kafkajs <99", what: "Reads too much (high)" },
    ]);
    expect(asked[0]).toMatchObject({ kafkajs: ["2.2.4"], vitest: [expect.any(String)], zod: [expect.any(String)] });
  });

  test("nothing found", async () => {
    await registry(() => [200, {}]);
    expect(await npmFindings(rootFolder)).toEqual([]);
  });

  test("a registry that does not answer the question is no clean bill", async () => {
    await registry(() => [405, {}]);
    const refusal = /^npm audit could not ask the registry: 405 Method Not Allowed/;
    await expect(npmFindings(rootFolder)).rejects.toThrow(refusal);
  });
});

describe("the list of accepted vulnerabilities", () => {
  const finding = { id: "GO-2026-0001", where: "versitygw stdlib v1.26.5", what: "Loops (mended in v1.26.6)" };
  const entry = { id: "GO-2026-0001", reason: "only reached on Windows", reviewed: "2026-11-23" };
  const stale = { ...entry, id: "GO-2020-0001" };

  test("of the repository can be read", () => {
    expect(readAllowed(join(deployFolder, "audit", "allowed.yml"))).toBeInstanceOf(Array);
  });

  const FOUND = "FOUND     GO-2026-0001 versitygw stdlib v1.26.5: Loops (mended in v1.26.6)";
  const STALE = "stale     GO-2020-0001 is accepted, but was not found; remove it from the list";
  const ACCEPTED = "accepted  GO-2026-0001 versitygw stdlib v1.26.5: only reached on Windows (2026-11-23)";
  test.each([
    ["nothing found", [], [], [], false],
    ["found", [finding], [], [FOUND], true],
    ["accepted", [finding], [entry], [ACCEPTED], false],
    ["accepted is another", [finding], [stale], [FOUND, STALE], true],
    ["stale", [], [stale], [STALE], false],
  ])("%s", (_, findings, allowed, lines, failed) => {
    expect(judged(findings, allowed, { isWhole: true })).toEqual({ lines, failed });
  });

  test("nothing is called stale when not everything could be asked", () => {
    expect(judged([], [stale], { isWhole: false })).toEqual({ lines: [], failed: false });
  });

  const listed = (fields: object) => JSON.stringify([{ ...entry, ...fields }]);
  test.each([
    ["an id that is none", listed({ id: "CVE-2026-1" }), "0.id must be a GHSA-… or GO-… id."],
    ["no reason", listed({ reason: "no" }), "0.reason must say why, in ten letters or more."],
    ["no day", listed({ reviewed: "soon" }), "0.reviewed must be a day such as 2026-11-23."],
    ["no list", "id: GO-2026-0001", "the file Invalid input: expected array, received object."],
  ])("%s is refused in one sentence", (_, text, sentence) => {
    const file = join(folder, "allowed.yml");
    writeFileSync(file, text);
    expect(() => readAllowed(file)).toThrow(`${file} cannot be used: ${sentence}`);
  });
});
