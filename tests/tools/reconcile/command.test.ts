import { expect, test } from "vitest";
import { called } from "../../support/called.ts";

test.each([
  [["--last", "1 day"], {}, '--last is "1 day"; write a number of minutes, hours or days, such as 90m, 24h or 7d.\n'],
  [
    ["--from", "noon"],
    {},
    '--from is "noon"; write a day of the calendar such as 2026-10-01, or a time such as 2026-10-01T06:00 (in UTC) or 2026-10-01T06:00:00Z.\n',
  ],
  [["--loki", "loki:3100"], {}, 'Loki\'s address is "loki:3100"; write it as http://127.0.0.1:3100.\n'],
  [
    [],
    { KAFKA_SECURITY_PROTOCOL: "TLS" },
    'KAFKA_SECURITY_PROTOCOL is "TLS"; set it to PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.\n',
  ],
  [
    ["--format", "xml"],
    {},
    "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are table, json.\nnpx ingestion reconcile --help says what it takes.\n",
  ],
])("%j %j is refused in one sentence", async (args, env, stderr) => {
  expect(await called(["reconcile", ...args], { env })).toEqual({ status: 2, stdout: "", stderr });
});

test("--help is no error", async () => {
  const { status, stdout } = await called(["reconcile", "--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Exit status: 0 all agrees, 1 something differs, 2 could not compare.");
});
