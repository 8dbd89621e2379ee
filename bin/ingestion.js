#!/usr/bin/env node
import { program } from "./program.js";

if (process.env.DEBUG) process.setSourceMapsEnabled(true);
const { call } = await program()
  .then((address) => import(address))
  .catch((error) => {
    if (!(error instanceof SyntaxError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
// All output was awaited; standard input and connections that still wait for an answer must not keep the process.
process.exit(await call(process.argv.slice(2)));
