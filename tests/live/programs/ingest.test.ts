import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { ownProgram } from "../../../src/stack/own-program.ts";
import { leastLine } from "../../producer/records.ts";

test("the real command line ends quietly when its reader has seen enough", async () => {
  const child = spawn(process.execPath, ownProgram("ingest", "--dry-run", "--from", "-"), {
    env: { PATH: process.env.PATH },
  });
  let text = "";
  child.stdout.once("data", () => child.stdout.destroy());
  child.stderr.on("data", (data) => {
    text += data;
  });
  child.stdin.on("error", () => {}).end(`${leastLine}\n`.repeat(20_000));
  expect([await once(child, "close"), text]).toEqual([[0, null], ""]);
});
