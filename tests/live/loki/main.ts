import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Command } from "commander";
import { assertTenants } from "../../../src/alerting/loki.ts";
import { UserError } from "../../../src/core/errors.ts";
import { rootFolder } from "../../../src/core/places.ts";
import { endWithSentence } from "../../support/ended.ts";

const program = new Command("test:loki")
  .description(
    "Puts what npm test proves in process to a real Loki, and says where the engine and Loki disagree. Further arguments are vitest's.",
  )
  .option(
    "--loki <url>",
    "a running Loki with -auth.enabled=true, instead of a container or an installed loki; what is written there stays",
  )
  .allowUnknownOption()
  .allowExcessArguments()
  .parse();
const { loki } = program.opts<{ loki?: string }>();

async function assertUsable(url: string): Promise<string> {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UserError(`--loki is "${url}"; give an address such as http://127.0.0.1:3100`);
  const address = url.replace(/\/+$/, "");
  await assertTenants(address);
  return address;
}

try {
  const given = loki === undefined ? {} : { TEST_LOKI_URL: await assertUsable(loki) };
  const vitest = join(rootFolder, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--project=loki", ...program.args];
  const child = spawn(process.execPath, args, { cwd: rootFolder, stdio: "inherit", env: { ...process.env, ...given } });
  const [status] = await once(child, "close");
  process.exitCode = status ?? 1;
} catch (error) {
  endWithSentence(error);
}
