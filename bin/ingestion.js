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
const status = await call(process.argv.slice(2));
/** What waits for the reader of a pipe is written, unless the reader has gone. */
const written = (stream) => new Promise((resolve) => stream.once("error", resolve).write("", resolve));
await Promise.all([process.stdout, process.stderr].filter(({ writableLength }) => writableLength > 0).map(written));
// Standard input and connections that still wait for an answer must not keep the process.
process.exit(status);
