import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect } from "vitest";
import type { Config } from "../../src/config.schema.ts";
import { config as shipped } from "../../src/config.ts";
import { flush, push } from "../../src/proof/loki.ts";
import type { Stream } from "../../src/proof/store.ts";
import { run } from "../../src/report/command.ts";
import { hours } from "../../src/units.ts";
import { metric } from "../support/loki.ts";

/** The shipped configuration, with a source that never ran, one with a silence of its own, and a retired one. */
export const config: Config = {
  ...shipped,
  sources: {
    ...shipped.sources,
    expected: [...shipped.sources.expected.map((one) => (one.source === "PowerBI" ? { ...one, maxSilence: hours(2) } : one)), { source: "jamais_vue" }],
    retired: ["ancienne"],
  },
};

/** Sends the streams and waits until Loki counts all their lines, which are old enough to need a flush. */
export async function store(url: string, streams: readonly Stream[], from: number, to: number): Promise<void> {
  const loki = { url, tenant: "fake" };
  const lines = streams.reduce((sum, { entries }) => sum + entries.length, 0);
  const seconds = Math.ceil((to - from) / 1000) + 1;
  await push(loki, streams);
  let stored = 0;
  for (const end = Date.now() + 120_000; stored !== lines && Date.now() < end; await new Promise((later) => setTimeout(later, 1000))) {
    await flush(loki);
    stored = (await metric(url, `sum(count_over_time({job=~".+"}[${seconds}s]))`, to))[""] ?? 0;
  }
  expect(stored).toBe(lines);
}

export type Made = { status: number; stdout: string; stderr: string; files: Map<string, string> };

/** Runs the command in this process, at a moment of the test's own; files by their name after the period. */
export async function report(url: string, now: string, args: readonly string[], over: Config = config): Promise<Made> {
  const folder = mkdtempSync(join(tmpdir(), "rapport-"));
  const [out, err]: [string[], string[]] = [[], []];
  const collecting = (list: string[]) =>
    new Writable({
      write: (chunk, _, done) => {
        list.push(String(chunk));
        done();
      },
    });
  try {
    const around = { env: { LOKI_URL: url }, stdout: collecting(out), stderr: collecting(err), folder, now: () => Date.parse(now) };
    const status = await run([...args, "--out", "."], over, around);
    const files = new Map(readdirSync(folder).map((name) => [name.replace(/^rapport-[^_]+_[\dTZ-]*\d/, ""), readFileSync(join(folder, name), "utf8")]));
    return { status, stdout: out.join("").replaceAll(folder, "TMP"), stderr: err.join(""), files };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rows of a CSV file with `;` between cells. */
export function rowsOf(text: string): string[][] {
  expect(text.startsWith("\ufeff")).toBe(true);
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let index = 1; index < text.length; index++) {
    const character = text[index]!;
    if (quoted && character === '"' && text[index + 1] === '"') cell += text[++index];
    else if (character === '"') quoted = !quoted;
    else if (quoted) cell += character;
    else if (character === ";" || character === "\n") {
      rows.at(-1)!.push(cell.replace(/\r$/, ""));
      cell = "";
      if (character === "\n") rows.push([]);
    } else cell += character;
  }
  return rows.slice(0, -1);
}
