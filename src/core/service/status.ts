import { createServer, type Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import type { Registry } from "prom-client";
import { detail, UserError } from "../errors.ts";
import { sentence } from "../visible.ts";

/**
 * `healthz` answers `undefined` when all is well, else one sentence; `warning` is what is well and may not stay so.
 * `host` and `port` are where to listen, which `variable` says; port 0 picks a free one.
 */
type StatusOptions = Readonly<{
  variable: string;
  host: string;
  port: number;
  registry: Registry;
  healthz: () => string | undefined;
  warning?: () => string | undefined;
}>;
type StatusServer = Readonly<{ url: string; close(): Promise<void> }>;

const PLAIN = "text/plain; charset=utf-8";

/** Takes a server's connections away, and waits until it has ended. */
export const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Serves `/healthz` (200 or 503) and `/metrics` (Prometheus text); throws a `UserError` if the port is taken. */
export async function statusServer(options: StatusOptions): Promise<StatusServer> {
  const { variable, host, port, registry, healthz, warning = () => undefined } = options;
  const name = isIPv6(host) ? `[${host}]` : host;
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, { type = PLAIN } = {}) =>
      response.writeHead(status, { "content-type": type }).end(body);
    if (request.url === "/healthz") {
      const [ill, low] = [healthz(), warning()];
      const well = low === undefined ? "ok" : `ok, but: ${low}`;
      answer(ill ? 503 : 200, `${sentence(ill ?? well)}\n`);
    } else if (request.url === "/metrics")
      registry.metrics().then(
        (text) => answer(200, text, { type: registry.contentType }),
        (error) => answer(500, `${error.message}\n`),
      );
    else answer(404, "try /healthz or /metrics\n");
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve)).catch(
    (cause) => {
      throw new UserError(
        `${variable} is ${name}:${port}, where nothing can listen (${detail(cause)}); set it to a free host:port.`,
        { cause },
      );
    },
  );
  return {
    url: `http://${name}:${(server.address() as AddressInfo).port}`,
    close: () => closed(server),
  };
}
