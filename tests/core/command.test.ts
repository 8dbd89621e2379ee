import { expect, test } from "vitest";
import { notLoaded } from "../../src/core/command.ts";
import { called } from "../support/called.ts";

const underNpm = (args: readonly string[], taken: Readonly<Record<string, string>>) =>
  called(args, { env: { npm_lifecycle_event: args[0]!, ...taken } });

test("options that npm took for itself are refused: without --dry-run, records would be sent", async () => {
  expect(await underNpm(["ingest"], { npm_config_dry_run: "true" })).toEqual({
    status: 1,
    stdout: "",
    stderr:
      'npm took --dry-run for itself; write "npm run ingest -- --dry-run", with "--" before the options, or "npx ingestion ingest --dry-run" (which helps, too, where .npmrc sets it).\n',
  });
  expect(await underNpm(["backtest", "logs.json"], { npm_config_logs: "true", npm_config_json: "true" })).toMatchObject(
    {
      status: 1,
      stderr: expect.stringMatching(/^npm took --logs, --json for itself; write "npm run backtest -- --logs", /),
    },
  );
  expect((await underNpm(["diff"], { npm_config_effect: "" })).stderr).toMatch(/^npm took --no-effect for itself; /);
});

test("an option that was given is not missed, whatever npm holds of its name", async () => {
  const { stderr } = await underNpm(["backtest", "--logs", "gone.json", "--json"], { npm_config_json: "true" });
  expect(stderr).toBe("The file gone.json does not exist; check its name.\n");
});

test("npm's own settings, and those of another script, are no options", async () => {
  const { stderr } = await underNpm(["backtest", "--logs", "gone.json"], {
    npm_config_cache: "/c",
    npm_config_yes: "",
  });
  expect(stderr).toBe("The file gone.json does not exist; check its name.\n");
  const env = { npm_lifecycle_event: "demo", npm_config_json: "true" };
  expect((await called(["backtest", "--logs", "gone.json"], { env })).stderr).toBe(stderr);
});

test("what cannot be loaded is one sentence", () => {
  expect(() => notLoaded(new ReferenceError("bytes is not defined"))).toThrow(
    'The sources cannot be run: bytes is not defined; "npx tsc -p ." says where.',
  );
});
