import { isWeb } from "./env/addresses.ts";
import { UserError } from "./errors.ts";
import { maskedSetting } from "./masked.ts";

/** A Loki: its URL without credentials, the tenant (`X-Scope-OrgID`) if it has them, `Authorization` from the URL. */
export type LokiAddress = Readonly<{ url: string; tenant?: string | undefined; authorization?: string }>;

/** No Loki answers. */
export class Unreachable extends UserError {}

/** What percent signs stand for, or the text itself where they stand for nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A Loki by a URL, whose user and password become a header; `undefined` for what is no URL of it. */
export function lokiAddress(text: string, tenant?: string): LokiAddress | undefined {
  const url = isWeb(text) && URL.parse(text);
  if (!url) return undefined;
  const { username, password } = url;
  [url.username, url.password] = ["", ""];
  const address = { url: url.href.replace(/\/+$/, ""), tenant: tenant || undefined };
  if (!username && !password) return address;
  const login = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64");
  return { ...address, authorization: `Basic ${login}` };
}

/** The Loki that a user named; throws a `UserError` for what is no address of one. */
export function lokiNamed(text: string, tenant?: string): LokiAddress {
  const address = lokiAddress(text, tenant);
  if (!address) throw new UserError(`Loki's address is "${maskedSetting(text)}"; write it as http://127.0.0.1:3100.`);
  return address;
}

/** The headers of a request to Loki. */
const headersOf = ({ tenant, authorization }: LokiAddress): Record<string, string> => ({
  ...(tenant && { "X-Scope-OrgID": tenant }),
  ...(authorization && { authorization }),
});

/** Why a request got no answer. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreachable) return reasonOf(error.cause);
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code || cause?.message || message;
}

type Reply = Readonly<{ status: number; ok: boolean; text: string }>;
/** What is asked of a path, and what to do where Loki refuses it. */
export type Request = Readonly<{
  parameters?: Record<string, string>;
  patienceMs?: number;
  init?: RequestInit;
  wayOut?: string;
}>;

/** Asks Loki at a path and waits for all of its answer; throws an `Unreachable` where none comes. */
export async function askLoki(loki: LokiAddress, path: string, request: Request = {}): Promise<Reply> {
  const { parameters, patienceMs, init } = request;
  const query = parameters ? `?${new URLSearchParams(parameters)}` : "";
  const headers = { ...headersOf(loki), ...(init?.headers as Record<string, string> | undefined) };
  const signal = patienceMs === undefined ? null : AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(`${loki.url}${path}${query}`, { ...init, headers, signal });
    return { status: response.status, ok: response.ok, text: await response.text() };
  } catch (cause) {
    throw new Unreachable(`Loki at ${loki.url} does not answer (${whyNot(cause, patienceMs)}); ${WAY_OUT}.`, { cause });
  }
}

const WAY_OUT = "start it with npm start, or name another with --loki or LOKI_URL";

function whyNot(cause: unknown, patienceMs = 0): string {
  if ((cause as Error).name === "TimeoutError") return `nothing for ${patienceMs / 1000} seconds`;
  const reason = reasonOf(cause);
  // Loki stopped, or took longer than its http_server_write_timeout, which is 30 s unless set.
  return reason === "UND_ERR_SOCKET" ? "it closed the connection before it answered" : reason;
}

/** Loki does not give what it was asked. */
export class Refused extends UserError {}

/** What Loki gives at a path; throws a `Refused` where it does not, and an `Unreachable`. */
export async function textFrom(loki: LokiAddress, path: string, request: Request = {}): Promise<string> {
  const reply = await askLoki(loki, path, request);
  if (reply.ok) return reply.text;
  const { wayOut = "its log says why" } = request;
  throw new Refused(`Loki at ${loki.url} refused a request (${reply.status}: ${replyText(reply)}); ${wayOut}.`);
}

/** Has Loki write what it holds in memory, so that it answers with old lines too. Takes about ten seconds to show. */
export const flushLoki = (loki: LokiAddress): Promise<string> => textFrom(loki, "/flush", { init: { method: "POST" } });

/** The JSON of an answer; throws a `UserError` where it is none: something else than Loki listens there. */
export function jsonOf<T>(loki: LokiAddress, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw noLoki(loki, cause);
  }
}

type Data<T> = Readonly<{ resultType: string; result: T }>;
/** What Loki answers to a query; throws a `UserError` where an answer has no list. */
export function dataOf<T extends readonly unknown[]>(loki: LokiAddress, text: string): Data<T> {
  const data = jsonOf<Readonly<{ data?: Partial<Data<T>> }> | null>(loki, text)?.data;
  if (!Array.isArray(data?.result)) throw noLoki(loki);
  return data as Data<T>;
}

/** The list that Loki found for a query; throws a `UserError` where an answer has none. */
export const resultOf = <T extends readonly unknown[]>(loki: LokiAddress, text: string): T =>
  dataOf<T>(loki, text).result;

const noLoki = ({ url }: LokiAddress, cause?: unknown) =>
  new UserError(`${url} does not answer like a Loki; name another with --loki or LOKI_URL.`, { cause });

/** What Loki said, on one line that is short enough for a sentence. */
const replyText = ({ text }: Reply): string => text.trim().replace(/\s+/g, " ").slice(0, 300);
