import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { push } from "../../../src/alerting/loki.ts";
import type { Stream } from "../../../src/alerting/store.ts";
import type { Surroundings } from "../../../src/core/command.ts";
import type { Config } from "../../../src/core/config/schema.ts";
import { hours } from "../../../src/core/units.ts";
import { type Store, startStore } from "../../../src/logql/server/server.ts";
import { streamsSince1970 } from "../../../src/logql/streams.ts";
import { reportFor } from "../../../src/tools/report/command.ts";
import { inProcess } from "../../../src/tools/report/in-process.ts";
import type { Logs } from "../../../src/tools/report/logs.ts";
import { endOf } from "../../support/called.ts";
import { config as shipped } from "../../support/config.ts";
import { temporary } from "../../support/temporary.ts";

/** The shipped configuration, with a source that never ran, one with a silence of its own, and a retired one. */
export const config: Config = {
  ...shipped,
  sources: {
    ...shipped.sources,
    expected: [
      ...shipped.sources.expected.map((one) => (one.source === "PowerBI" ? { ...one, maxSilence: hours(2) } : one)),
      { source: "jamais_vue" },
    ],
    retired: ["ancienne"],
  },
};

/** Lines in memory as a report asks them. */
export function held(streams: readonly Stream[]): Logs {
  const parts = streams.map(({ labels, entries }) => ({
    labels,
    entries: entries.map(([seconds, line]) => [Math.round(seconds * 1000), line] as const),
  }));
  return inProcess(streamsSince1970(parts));
}

/** A store with Loki's API that holds these lines. */
export async function served(streams: readonly Stream[], now: number): Promise<Store> {
  const store = await startStore({ now: () => now, retention: 1000 * 86_400_000 });
  await push({ url: store.url, tenant: "fake" }, streams);
  expect(store.lines()).toBe(streams.reduce((sum, { entries }) => sum + entries.length, 0));
  return store;
}

export type Made = { status: number; stdout: string; stderr: string; files: Map<string, string> };

/** Runs the command in this process, at a moment of the test's own; files by their name after the period. */
export async function report(now: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Made> {
  const { folder, remove } = temporary();
  try {
    const made = (around: Surroundings) =>
      reportFor([...args, "--out", "."], config, { ...around, now: () => Date.parse(now) });
    const { stdout, ...ended } = await endOf(made, { env, folder });
    const files = new Map(
      readdirSync(folder).map((name) => [
        name.replace(/^rapport-[^_]+_[\dTZ-]*\d/, ""),
        readFileSync(join(folder, name), "utf8"),
      ]),
    );
    return { ...ended, stdout: stdout.replaceAll(folder, "TMP"), files };
  } finally {
    remove();
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
