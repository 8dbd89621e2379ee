import { run } from "./command.ts";

const { env, stdin, stdout, stderr } = process;
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
process.exitCode = await run(process.argv.slice(2), { env, stdin, stdout, stderr, signal: stop.signal });
// Standard input may still be open.
process.exit();
