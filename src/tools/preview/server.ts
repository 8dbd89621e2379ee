import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { UserError } from "../../core/errors.ts";
import type { Asset } from "./page.ts";

export type Answers = Readonly<Record<string, (parameters: URLSearchParams) => unknown>>;
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
function send(response: ServerResponse, status: number, { type, body }: Asset): void {
  response.writeHead(status, { ...HEADERS, "content-type": type, "cache-control": "no-store" });
  response.end(body);
}
/** A file of the page, which a browser that has it already need not read again. */
function sendAsset({ headers }: IncomingMessage, response: ServerResponse, { type, body, tag }: Tagged): void {
  const isKnown = headers["if-none-match"] === tag;
  const about = { ...HEADERS, "content-type": type, "cache-control": "no-cache", etag: tag };
  response.writeHead(isKnown ? 304 : 200, about);
  response.end(isKnown ? undefined : body);
}
const json = (value: unknown): Asset => ({ type: "application/json; charset=utf-8", body: JSON.stringify(value) });

type Tagged = Asset & Readonly<{ tag: string }>;
const tagged = (asset: Asset): Tagged => ({
  ...asset,
  tag: `"${createHash("sha256").update(asset.body).digest("base64url")}"`,
});

/** The paths of the page itself, which all show the same document. */
const isPage = (path: string) => path === "/" || path === "/alertes" || /^\/d\/[^/]+(?:\/[^/]*)?$/.test(path);

type Site = Readonly<{ answers: Answers; assets: ReadonlyMap<string, Tagged> }>;

async function answer(request: IncomingMessage, response: ServerResponse, { answers, assets }: Site): Promise<void> {
  const url = new URL(request.url ?? "/", "http://preview");
  const asset = assets.get(isPage(url.pathname) ? "/" : url.pathname);
  if (request.method !== "GET") return send(response, 405, json({ error: "Only GET is answered." }));
  if (asset) return sendAsset(request, response, asset);
  if (!Object.hasOwn(answers, url.pathname))
    return send(response, 404, json({ error: `There is nothing at ${url.pathname}.` }));
  try {
    send(response, 200, json(await answers[url.pathname]!(url.searchParams)));
  } catch (error) {
    const isTheirs = error instanceof UserError;
    if (!isTheirs) console.error(error);
    const words = isTheirs ? error.message : "The preview failed; its terminal says why.";
    send(response, isTheirs ? 400 : 500, json({ error: words }));
  }
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const other = "choose another with --port or PREVIEW_PORT.";
      const taken = `Port ${port} on ${HOST} is in use; stop what holds it, or ${other}`;
      const refused = `Port ${port} on ${HOST} cannot be used (${cause.code}); ${other}`;
      reject(new UserError(cause.code === "EADDRINUSE" ? taken : refused, { cause }));
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** Serves the page and its answers on the loopback; port 0 takes any free one. */
export async function serve(
  answers: Answers,
  { port, assets }: Readonly<{ port: number; assets: ReadonlyMap<string, Asset> }>,
): Promise<Running> {
  const waiting = new Set<ServerResponse>();
  const site = { answers, assets: new Map([...assets].map(([path, asset]) => [path, tagged(asset)] as const)) };
  const server = createServer((request, response) => {
    if (!isOurs(request)) return send(response, 403, json({ error: "Only the loopback's own names are answered." }));
    if (request.url === "/api/changes") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(": here\n\n");
      waiting.add(response);
      response.on("close", () => waiting.delete(response));
      return;
    }
    void answer(request, response, site);
  });
  const found = await listening(server, port);
  return {
    url: `http://${HOST}:${found}`,
    reload: (what) => {
      for (const response of waiting) response.write(`event: ${what}\ndata: {}\n\n`);
    },
    stop: () =>
      new Promise((resolve) => {
        for (const response of waiting) response.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
