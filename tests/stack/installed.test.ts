import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { nativeCollector, nativeHolder } from "../../src/stack/chosen.ts";
import { findInstalled, howToGet, requireInstalled } from "../../src/stack/installed.ts";
import { folderOfFile } from "../support/folder.ts";
import { carrier, holder, skipped } from "../support/needs.ts";

const folder = folderOfFile();
const [bin, empty] = [join(folder, "bin"), join(folder, "empty")];
const program = (name: string) => join(bin, name);
beforeAll(() => {
  for (const path of [bin, empty]) mkdirSync(path);
  for (const name of ["loki", "promtail"]) writeFileSync(program(name), "", { mode: 0o755 });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a program is the one that its variable names, else the one on the PATH", () => {
  const other = join(folder, "my-loki");
  writeFileSync(other, "", { mode: 0o755 });
  expect(findInstalled("loki", { PATH: bin, LOKI_BIN: other })).toBe(other);
  expect(findInstalled("loki", { PATH: bin, LOKI_BIN: "" })).toBe(program("loki"));
  expect(findInstalled("promtail", { PATH: bin, LOKI_BIN: other })).toBe(program("promtail"));
  expect(findInstalled("promtail", { PATH: empty })).toBeUndefined();
  expect(findInstalled("loki", { PATH: bin, LOKI_BIN: relative(".", other) })).toBe(other);
});

test("a variable that names no program is refused", () => {
  const plain = join(folder, "notes.txt");
  writeFileSync(plain, "");
  chmodSync(plain, 0o644);
  for (const given of [plain, bin, join(folder, "nowhere")])
    expect(() => findInstalled("promtail", { PATH: bin, PROMTAIL_BIN: given })).toThrow(
      `PROMTAIL_BIN is ${given}, but ${given} is no program: set it to Promtail's, or to nothing for the one on the PATH.`,
    );
});

test("one that is missing is asked for in one sentence", () => {
  expect(requireInstalled("loki", { PATH: bin })).toBe(program("loki"));
  expect(() => requireInstalled("loki", { PATH: empty })).toThrow(
    /^Loki \(loki\) is missing: install Loki 3\.7\.\d+ on the PATH, set LOKI_BIN to its program, or start a Docker engine, which runs its container\.$/,
  );
  expect(howToGet("promtail")).toMatch(
    /^Promtail \(promtail\) is missing: install Promtail 3\.6\.\d+ on the PATH, set PROMTAIL_BIN /,
  );
});

test("Promtail carries where it is installed, else the forwarder, unless COLLECTOR says which; a wrong value is named", () => {
  expect([nativeCollector({ PATH: bin }), nativeCollector({ PATH: empty })]).toEqual(["promtail", "forwarder"]);
  expect(nativeCollector({ PATH: bin, COLLECTOR: "forwarder" })).toBe("forwarder");
  expect(nativeCollector({ PATH: empty, COLLECTOR: "promtail" })).toBe("promtail");
  expect(nativeCollector({ PATH: bin, COLLECTOR: "" })).toBe("promtail");
  expect(() => nativeCollector({ COLLECTOR: "alloy" })).toThrow(
    'COLLECTOR is "alloy"; set it to promtail or forwarder.',
  );
});

test("Loki holds the lines where it is installed, else the embedded store", () => {
  expect([nativeHolder({ PATH: bin }), nativeHolder({ PATH: empty })]).toEqual(["loki", "store"]);
  expect(nativeHolder({ PATH: empty, LOKI_BIN: program("loki") })).toBe("loki");
  expect(() => nativeHolder({ PATH: empty, LOKI_BIN: join(folder, "nowhere") })).toThrow(
    /^LOKI_BIN is .+, but .+ is no program: /,
  );
});

test("test files that cannot run here are said to be skipped, and how to run them", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const needs = [
    { files: ["a.test.ts", "b.test.ts"], programs: ["loki"] },
    { files: ["c.test.ts"], programs: ["loki", "promtail"] },
  ] as const;
  vi.stubEnv("STACK", "native");
  vi.stubEnv("LOKI_BIN", "");
  vi.stubEnv("PROMTAIL_BIN", "");
  vi.stubEnv("PATH", bin);
  expect(skipped(needs)).toEqual([]);
  expect(log).not.toHaveBeenCalled();
  expect([holder(), carrier()]).toEqual(["loki", "promtail"]);
  vi.stubEnv("PATH", empty);
  expect(skipped(needs)).toEqual(["a.test.ts", "b.test.ts", "c.test.ts"]);
  expect(log.mock.calls).toEqual([
    [`skipped: a.test.ts, b.test.ts: ${howToGet("loki")}`],
    [`skipped: c.test.ts: ${howToGet("loki")} ${howToGet("promtail")}`],
  ]);
  expect([holder(), carrier()]).toEqual(["store", "forwarder"]);
  vi.stubEnv("STACK", "docker");
  expect(skipped(needs)).toEqual([]);
  expect([holder(), carrier()]).toEqual(["loki", "promtail"]);
});
