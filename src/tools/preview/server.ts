import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../../core/errors.ts";
import { closed } from "../../core/service/status.ts";
import type { Answers } from "./answers.ts";
import type { Asset, Site } from "./page.ts";

/** A running preview: its address, a way to tell its pages to load anew, and its end. */
export type Running = Readonly<{
  url: string;
  reload: (what: "data" | "definitions") => void;
  stop: () => Promise<void>;
}>;

const HOST = "127.0.0.1";
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A page of another site could ask a name of its own that leads here; only the loopback's names are answered. */
const isOurs = ({ headers: { host = "" } }: IncomingMessage) =>
  /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host);

const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
const NEVER = "no-store";
const FOREVER = "max-age=31536000, immutable";
type Sent = Readonly<{ type: string; body: Uint8Array | string; cached?: string }>;
function send(response: ServerResponse, status: number, { type, body, cached = NEVER }: Sent): void {
  response.writeHead(status, { ...HEADERS, "content-type": type, "cache-control": cached });
  response.end(body);
}
const JSON_TYPE = "application/json; charset=utf-8";
const json = (value: unknown): Asset => ({ type: JSON_TYPE, body: Buffer.from(JSON.stringify(value)) });
const document = (text: string): Sent => ({ type: "text/html; charset=utf-8", body: text });

/** The pages, which all show the same document: the first, that of alerts, and one for each dashboard. */
const isPage = (path: string) => path === "/" || path === "/alertes" || /^\/d\/[^/]+(?:\/[^/]*)?$/.test(path);

const SOON_MS = 100;
/** Parts of an answer as lines of JSON; those that are there soon go together, so that a browser draws them at once. */
async function sendParts(response: ServerResponse, parts: Iterable<unknown>): Promise<void> {
  response.writeHead(200, { ...HEADERS, "content-type": "application/x-ndjson", "cache-control": NEVER });
  let lines = "";
  let sent = performance.now();
  for (const part of parts) {
    lines += `${JSON.stringify(part)}\n`;
    if (performance.now() - sent < SOON_MS) continue;
    response.write(lines);
    [lines, sent] = ["", performance.now()];
    await new Promise((next) => setImmediate(next));
  }
  response.end(lines);
}

type Serving = Readonly<{ answers: Answers; site: () => Promise<Site> }>;

async function answer(url: URL, response: ServerResponse, { answers, site }: Serving): Promise<void> {
  const { pathname, searchParams } = url;
  if (isPage(pathname)) return send(response, 200, document((await site()).document(answers.first(url))));
  if (pathname === "/api/panels") return sendParts(response, answers.panels(searchParams));
  if (Object.hasOwn(answers.whole, pathname))
    return send(response, 200, json(await answers.whole[pathname]!(searchParams)));
  const file = pathname.startsWith("/api/") ? undefined : (await site()).files.get(pathname);
  if (file) return send(response, 200, { ...file, cached: FOREVER });
  send(response, 404, json({ error: `There is nothing at ${pathname}.` }));
}

function sendFault(response: ServerResponse, error: unknown): void {
  const isTheirs = error instanceof UserError;
  if (!isTheirs) console.error(error);
  const words = isTheirs ? error.message : "The preview failed; its terminal says why.";
  if (response.headersSent) response.destroy();
  else send(response, isTheirs ? 400 : 500, json({ error: words }));
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const other = "choose another with --port or PREVIEW_PORT.";
      const taken = `Port ${port} on ${HOST} is in use; stop what holds it, or ${other}`;
      const refused = `Port ${port} on ${HOST} cannot be used (${cause.code}); ${other}`;
      reject(new UserError(cause.code === "EADDRINUSE" ? taken : refused, { cause }));
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Serves the page and its answers on the loopback; port 0 takes any free one. */
export async function serve(
  answers: Answers,
  { port, site }: Readonly<{ port: number; site: () => Promise<Site> }>,
): Promise<Running> {
  const waiting = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (!isOurs(request)) return send(response, 403, json({ error: "Only the loopback's own names are answered." }));
    if (request.url === "/api/changes") {
      response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream", "cache-control": NEVER });
      response.write(": here\n\n");
      waiting.add(response);
      response.on("close", () => waiting.delete(response));
      return;
    }
    if (request.method !== "GET") return send(response, 405, json({ error: "Only GET is answered." }));
    const url = new URL(request.url ?? "/", "http://preview");
    answer(url, response, { answers, site }).catch((error: unknown) => sendFault(response, error));
  });
  const found = await listening(server, port);
  return {
    url: `http://${HOST}:${found}`,
    reload: (what) => {
      for (const response of waiting) response.write(`event: ${what}\ndata: {}\n\n`);
    },
    stop: () => {
      for (const response of waiting) response.end();
      return closed(server);
    },
  };
}
