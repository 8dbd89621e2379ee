import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { ownProgram } from "../../../src/stack/own-program.ts";
import { served } from "../../support/served.ts";

export type Child = Readonly<{ process: ChildProcess; status: string; ended: Promise<unknown[]> }>;

/** A forwarder of the test's own, which can be killed; its status address is free and told. */
export async function forward(env: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, ownProgram("forward"), {
    env: { PATH: process.env.PATH, FORWARDER_STATUS_ADDRESS: "127.0.0.1:0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    const { msg, status } = JSON.parse(line);
    if (msg !== "started") continue;
    child.stdout.resume();
    return { process: child, status, ended };
  }
  throw new Error("the forwarder ended while starting");
}

export type Mode = "pass" | "swallow" | "reset";

/**
 * Stands between a forwarder and Loki, and may keep from it that Loki stored a push: no answer at all (`swallow`), or a
 * cut connection.
 */
export async function proxyTo(lokiUrl: string) {
  const state = { mode: "pass" as Mode, hidden: 0 };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { host: _, connection: __, ...headers } = request.headers as Record<string, string>;
    const body = request.method === "POST" ? { body: Buffer.concat(parts) } : {};
    const answer = await fetch(`${lokiUrl}${request.url}`, { method: request.method!, headers, ...body }).catch(
      () => undefined,
    );
    const text = await answer?.text().catch(() => undefined);
    if (!answer || text === undefined) return request.socket.destroy();
    if (state.mode !== "pass" && request.method === "POST" && answer.ok) {
      state.hidden++;
      return state.mode === "reset" ? request.socket.destroy() : undefined;
    }
    return response.writeHead(answer.status).end(text);
  });
  return { url: `http://127.0.0.1:${await served(server)}`, state };
}
