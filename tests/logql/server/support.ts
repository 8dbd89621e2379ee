import { Agent, get } from "node:http";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { StoreLog, StoreOptions } from "../../../src/logql/server/options.ts";
import { type Store as Running, startStore } from "../../../src/logql/server/server.ts";
import { folderOfFile } from "../../support/folder.ts";

/** A store, or a Loki. */
type Store = Readonly<{ url: string }>;

const running: Running[] = [];
afterAll(() => Promise.all(running.map((store) => store.close())));

/** A store that ends with its test file. */
export async function store(options: StoreOptions = {}): Promise<Running> {
  const started = await startStore(options);
  running.push(started);
  return started;
}

/** Nanoseconds since 1970 of milliseconds. */
export const ns = (milliseconds: number): bigint => BigInt(milliseconds) * 1_000_000n;
export const app = (name: string): Labels => ({ app: name });
/** Lines at one nanosecond after the other. */
export const linesFrom = (time: bigint, ...lines: readonly string[]): Entry[] =>
  lines.map((line, index) => [time + BigInt(index), line]);

export type Labels = Readonly<Record<string, string>>;
export type Entry = readonly [time: bigint, line: string, metadata?: Labels];
export type Stream = Readonly<{ labels: Labels; entries: readonly Entry[] }>;

export const pushText = (streams: readonly Stream[]) =>
  JSON.stringify({
    streams: streams.map(({ labels, entries }) => ({
      stream: labels,
      values: entries.map(([time, ...rest]) => [String(time), ...rest]),
    })),
  });

const named = (tenant: string | undefined): Record<string, string> =>
  tenant === undefined ? {} : { "X-Scope-OrgID": tenant };

export type Sent = Readonly<{ status: number; text: string }>;

export const push = ({ url }: Store, streams: readonly Stream[], tenant?: string): Promise<Sent> =>
  sendPush(url, { body: pushText(streams), headers: { "Content-Type": "application/json", ...named(tenant) } });

type Body = Readonly<{ body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> }>;
export async function sendPush(url: string, { body, headers }: Body): Promise<Sent> {
  const response = await fetch(`${url}/loki/api/v1/push`, { method: "POST", headers, body });
  return { status: response.status, text: (await response.text()).trim() };
}

// A `fetch` costs as much as the answer.
const agent = new Agent({ keepAlive: true });

/** The answer of the API, as text. */
export const ask = (
  { url }: Store,
  path: string,
  { tenant, ...parameters }: Readonly<{ tenant?: string } & Record<string, string>>,
): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const address = `${url}/loki/api/v1/${path}?${new URLSearchParams(parameters)}`;
    get(address, { agent, headers: named(tenant) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk)).on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() }));
    }).on("error", reject);
  });

type Data = Readonly<{ resultType: string; result: readonly Readonly<Record<string, unknown>>[] }>;

/** What the API answers to a sound request. */
export async function data(
  of: Store,
  path: string,
  parameters: Readonly<{ tenant?: string } & Record<string, string>>,
): Promise<Data> {
  const { status, text } = await ask(of, path, parameters);
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return JSON.parse(text).data;
}

/** All lines of a selector, oldest first, by their labels. */
export async function held(
  of: Store,
  query: string,
  { tenant, now }: Readonly<{ tenant?: string; now: number }>,
): Promise<readonly Stream[]> {
  const [start, end] = [now - 200 * 86_400_000, now + 86_400_000].map((time) => `${time}000000`) as [string, string];
  const asked = { query, start, end, step: "1d", limit: "5000", direction: "forward", ...(tenant && { tenant }) };
  const { result } = await data(of, "query_range", asked);
  return result.map(({ stream, values }) => ({
    labels: stream as Labels,
    entries: (values as [string, string][]).map(([time, line]) => [BigInt(time), line]),
  }));
}

export async function metrics({ url }: Store): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}

/** Folders for journals, which go with their test file. */
export function journals() {
  const root = folderOfFile();
  let count = 0;
  return {
    root,
    folder: () => join(root, String(++count), "loki"),
    file: (folder: string) => join(folder, "store.jsonl"),
  };
}

/** A log, and the messages that came to it. */
export function notes() {
  const messages: string[] = [];
  const note = (_fields: unknown, message: string) => void messages.push(message);
  return { messages, log: { info: note, warn: note, error: note } satisfies StoreLog };
}
