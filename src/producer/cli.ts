import "./memory.ts";
import { run } from "./command.ts";

// All output was awaited; connections that still wait for an answer must not keep the process.
process.exit(await run(process.argv.slice(2), process));
