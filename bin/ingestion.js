#!/usr/bin/env node
import "tsx";

const { call } = await import("../src/cli.ts");
// All output was awaited; standard input and connections that still wait for an answer must not keep the process.
process.exit(await call(process.argv.slice(2)));
