import { config } from "../../config.ts";
import { run } from "./command.ts";

const { env, stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), config, { env, stdin, stdout, stderr });
