import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { run } from "../../src/reconcile/command.ts";

async function ran(args: readonly string[], env: Record<string, string> = {}) {
  let [out, err] = ["", ""];
  const into = (take: (text: string) => void) => new Writable({ write: (chunk, _, done) => (take(String(chunk)), done()) });
  const status = await run(args, { env, stdout: into((text) => (out += text)), stderr: into((text) => (err += text)) });
  return { status, out, err };
}

test.each([
  [["--last", "1 day"], {}, '--last is "1 day"; write a number of minutes, hours or days, such as 90m, 24h or 7d.\n'],
  [["--from", "noon"], {}, '--from is "noon"; write a time such as 2026-11-22T10:00Z (UTC where no zone is given).\n'],
  [["--loki", "loki:3100"], {}, 'Loki\'s address is "loki:3100"; write it as http://127.0.0.1:3100.\n'],
  [[], { KAFKA_SECURITY_PROTOCOL: "TLS" }, 'KAFKA_SECURITY_PROTOCOL is "TLS"; set it to PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL.\n'],
  [["--format", "xml"], {}, "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are table, json.\n"],
])("%j %j is refused in one sentence", async (args, env, err) => {
  expect(await ran(args, env)).toEqual({ status: 2, out: "", err });
});

test("--help is no error", async () => {
  const { status, out } = await ran(["--help"]);
  expect(status).toBe(0);
  expect(out).toContain("Exit status: 0 all agrees, 1 something differs, 2 could not compare.");
});
