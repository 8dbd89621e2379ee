import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer.ts";
import { limits } from "./limits.ts";

/** A request, read to its end; a form's fields stand among its parameters. */
export type Asking = Readonly<{
  method: string;
  path: string;
  parameters: URLSearchParams;
  headers: Readonly<{ tenant: string; type: string; encoding: string; categorize: boolean }>;
  body: Buffer;
}>;

export async function readRequest(request: IncomingMessage): Promise<Asking> {
  const { method = "GET", url = "/", headers } = request;
  const [path = "/", query = ""] = url.split(/\?(.*)/s);
  const one = (name: string) => String(headers[name] ?? "").trim();
  const body = await bodyOf(request);
  const parameters = new URLSearchParams(query);
  if (one("content-type").startsWith("application/x-www-form-urlencoded"))
    for (const [name, value] of new URLSearchParams(body.toString("utf8"))) parameters.append(name, value);
  return {
    method,
    path,
    parameters,
    headers: {
      tenant: one("x-scope-orgid"),
      type: one("content-type"),
      encoding: one("content-encoding").toLowerCase(),
      categorize: one("x-loki-response-encoding-flags").split(",").includes("categorize-labels"),
    },
    body,
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const check = (length: number) => {
    if (length > limits.pushBytes)
      throw new Refusal(`the body is over ${limits.pushBytes} bytes: send it in parts`, 413);
  };
  check(Number(request.headers["content-length"] ?? 0));
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    check(length);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
