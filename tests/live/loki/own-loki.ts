import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../../src/stack/ports.ts";
import { startStack } from "../../../src/stack/test-stack.ts";

type OwnLoki = Readonly<{ url: string; stop: () => Promise<void> }>;

/**
 * A Loki of its own, with the shipped configuration and separate tenants: a container when a Docker engine answers,
 * else a process; `stop` ends it and removes its data.
 */
export async function startLoki(print: (line: string) => void): Promise<OwnLoki> {
  const data = mkdtempSync(join(tmpdir(), "proof-"));
  const clean = () => rmSync(data, { recursive: true, force: true });
  try {
    const stack = await startStack({ data, ports: await freePorts(), services: ["loki"], tenants: true, print });
    return { url: stack.lokiUrl, stop: () => stack.stop().finally(clean) };
  } catch (error) {
    clean();
    throw error;
  }
}
