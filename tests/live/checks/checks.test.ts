import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { rootFolder } from "../../../src/core/places.ts";

test.concurrent.each(["tsc -p .", "tsc -p src/tools/preview/page", "biome check --colors=off ."])(
  "%s",
  async (command) => {
    const [program, ...args] = command.split(" ") as [string, ...string[]];
    const child = spawn(join(rootFolder, "node_modules", ".bin", program), args, { cwd: rootFolder });
    const [out, complaints, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "exit"),
    ]);
    expect(status, `${out}${complaints}`).toBe(0);
  },
);
