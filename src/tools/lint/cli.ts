import { main } from "./command.ts";

const { stdout, stderr } = process;
process.exitCode = main(process.argv.slice(2), { out: (text) => stdout.write(text), err: (text) => stderr.write(text), terminal: stdout.isTTY });
