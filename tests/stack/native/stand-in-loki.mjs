#!/usr/bin/env node
// Answers as a Loki that is ready, takes every push and holds nothing; GET /pushes says how many there were.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const file = process.argv.find((argument) => argument.startsWith("-config.file="))?.slice("-config.file=".length) ?? "";
const port = Number(/http_listen_port: (\d+)/.exec(readFileSync(file, "utf8"))?.[1]);
let pushes = 0;
createServer((request, response) => {
  request.resume();
  if (request.method === "POST" && request.url === "/loki/api/v1/push") {
    pushes++;
    response.writeHead(204).end();
  } else if (request.url === "/pushes") response.end(String(pushes));
  else response.end('{"status":"success","data":{"resultType":"streams","result":[]}}');
}).listen(port, "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
