import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { DATA_FOLDER } from "../../../src/core/service/disk.ts";
import { listensAlone, processesOf } from "../../../src/stack/listeners.ts";
import { locked } from "../../../src/stack/lock.ts";
import { startTime } from "../../../src/stack/processes.ts";
import { folderOfTest } from "../../support/folder.ts";
import { served } from "../../support/served.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = folderOfTest();
  file = join(folder, "lock");
});

test("a second command is refused while the first is at work, and let in after it, whatever became of it", async () => {
  let end = () => {};
  const first = locked("npm start", () => new Promise<void>((resolve) => (end = resolve)), { file });
  await expect(locked("npm stop", async () => "in", { file })).rejects.toThrow(
    `npm start is at work in this checkout (process ${process.pid}): wait until it has ended, then run npm stop again`,
  );
  end();
  await first;
  expect(readdirSync(folder)).toEqual([]);
  await expect(locked("npm start", () => Promise.reject(new Error("broken")), { file })).rejects.toThrow("broken");
  expect(await locked("npm stop", async () => "in", { file })).toBe("in");
});

test.each([
  ["a process that is gone", JSON.stringify({ pid: process.pid, started: "1", command: "npm start" })],
  ["a write that was cut", '{"pid":'],
])("a lock of %s keeps nobody out", async (_, text) => {
  writeFileSync(file, text);
  expect(await locked("npm start", async () => "in", { file })).toBe("in");
  expect(existsSync(file)).toBe(false);
});

test("of many at once one is let in", async () => {
  const release = join(folder, "release");
  const program = `import { existsSync } from "node:fs";
    import { setTimeout } from "node:timers/promises";
    import { locked } from ${JSON.stringify(join(process.cwd(), "src/stack/lock.ts"))};
    const work = async () => { while (!existsSync(${JSON.stringify(release)})) await setTimeout(20); };
    await locked("npm start", work, { file: ${JSON.stringify(file)} }).catch(() => process.exit(3));`;
  const children = [1, 2].map(() => spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]));
  const ends: number[] = [];
  const all = Promise.all(children.map(async (child) => ends.push((await once(child, "close"))[0])));
  await expect.poll(() => ends, { timeout: 25_000 }).toEqual([3]);
  writeFileSync(release, "");
  await all;
  expect(ends).toEqual([3, 0]);
});

/** A process with the mark of a stack in `data`. */
const marked = async (data: string) => {
  const child = spawn("sleep", ["60"], { env: { ...process.env, [DATA_FOLDER]: data } });
  await once(child, "spawn");
  onTestFinished(() => void child.kill());
  return { pid: child.pid!, started: startTime(child.pid!)! };
};

test.skipIf(!existsSync("/proc/net/tcp"))("what answers on a port is told from who should", async () => {
  const port = await served(createServer());
  const self = { pid: process.pid, started: startTime(process.pid)! };
  expect(listensAlone(self, port)).toBe(true);
  expect(listensAlone(await marked(folder), port)).toBe(false);
  expect(listensAlone(self, 1)).toBe(false);
});

test.skipIf(!existsSync("/proc/net/tcp"))(
  "the processes of a stack are found by their mark, those of another are not",
  async () => {
    const [ours] = [await marked(folder), await marked(`${folder}-other`)];
    expect(processesOf(folder)).toEqual([ours]);
  },
);
