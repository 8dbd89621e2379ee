import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../../core/errors.ts";
import { EvaluationError, LogqlError } from "../errors.ts";
import { type Answer, Refusal, text } from "./answer.ts";
import { openKeeper } from "./keeper.ts";
import { storeMetrics } from "./metrics.ts";
import type { StoreLog, StoreOptions } from "./options.ts";
import { readRequest } from "./request.ts";
import { answer, type Site } from "./routes.ts";

/** A running store, such as `http://127.0.0.1:3100`; what it accepted is in the journal before it is answered. */
export type Store = Readonly<{ url: string; lines: () => number; close: () => Promise<void> }>;

const silent: StoreLog = { info() {}, warn() {}, error() {} };
const minute = 60_000;
/** How long a connection may be idle, as in Loki; a client that was busy finds it open. */
const keepAliveTimeout = 2 * minute;
/** What Loki takes of a question in its address. */
const maxHeaderSize = 1_048_576;

/** Starts a store with Loki's HTTP API on 127.0.0.1, for trying out and for tests; throws a `UserError`. */
export async function startStore(options: StoreOptions = {}): Promise<Store> {
  const { port = 0, tenants = false, now = Date.now, log = silent } = options;
  let site: Site | undefined;
  const server = createServer({ keepAliveTimeout, maxHeaderSize }, (request, response) => {
    respond(request, { site, log }).then((answered) => send(response, answered));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve)).catch(
    (cause) => {
      throw new UserError(
        `The store cannot listen on port ${port} of 127.0.0.1 (${cause.code}); set LOKI_PORT to a free one.`,
        { cause },
      );
    },
  );
  const closeServer = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const keeper = await openKeeper({ ...options, now, log }).catch(async (error) => {
    await closeServer();
    throw error;
  });
  site = { keeper, metrics: storeMetrics(keeper.figures), tenants, now };
  const sweeping = setInterval(keeper.sweep, minute).unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lines: () => keeper.figures().lines,
    async close() {
      clearInterval(sweeping);
      await closeServer();
      keeper.close();
    },
  };
}

async function respond(
  request: IncomingMessage,
  { site, log }: Readonly<{ site: Site | undefined; log: StoreLog }>,
): Promise<Answer> {
  if (!site) return text(503, "the store is still reading its journal\n");
  try {
    return await answer(await readRequest(request), site);
  } catch (error) {
    if (error instanceof Refusal) return text(error.status, error.message);
    if (error instanceof LogqlError || error instanceof EvaluationError) return text(400, error.message);
    if (request.destroyed && !request.complete) return text(400, "the request ended early");
    log.error(
      { reason: (error as Error).message, url: request.url, stack: (error as Error).stack },
      "a request failed",
    );
    return text(500, `the store failed: ${(error as Error).message}`);
  }
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  if (type === undefined) response.writeHead(status).end();
  else response.writeHead(status, { "content-type": type }).end(body);
}
