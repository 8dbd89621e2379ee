import { config } from "../config.ts";
import { run } from "./command.ts";

// npm runs this in the project's folder; a folder is named from where the user stands.
const folder = process.env.INIT_CWD || process.cwd();
process.exitCode = await run(process.argv.slice(2), config, { env: process.env, stdout: process.stdout, stderr: process.stderr, folder, now: Date.now });
