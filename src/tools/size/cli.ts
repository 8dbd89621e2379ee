import { config } from "../../config.ts";
import { run } from "./command.ts";

process.exitCode = run(process.argv.slice(2), config, process);
