import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import type { Config } from "../../../src/core/config/schema.ts";
import { outputs } from "../../../src/generator/outputs.ts";
import { composeTarget } from "../../../src/generator/targets.ts";
import { compareStates } from "../../../src/tools/diff/compare/compare.ts";
import { stateOf } from "../../../src/tools/diff/model/state.ts";
import { markdown } from "../../../src/tools/diff/render/markdown.ts";
import { called } from "../../support/called.ts";
import { config } from "../../support/config.ts";

/** A document of any shape: tests change what the types of the product do not let them change. */
// biome-ignore lint/suspicious/noExplicitAny: a test edits files that somebody else may have written
export type Any = any;
export type Files = ReadonlyMap<string, string>;

export const DASHBOARDS = "grafana-provisioning/dashboards";
export const HEALTH = `${DASHBOARDS}/1-ingestion-health.json`;
export const ALERTING = "grafana-provisioning/alerting";

export const generated = (changed: Config = config): Files => outputs(changed, composeTarget);
export const built = generated();
/** The generated files with other values of a rule. */
export const withRule = (name: keyof Config["rules"], change: object): Files =>
  generated({ ...config, rules: { ...config.rules, [name]: { ...config.rules[name], ...change } } });

/** The generated files with one of them changed. */
export function edited(path: string, edit: (document: Any) => unknown, files: Files = built): Files {
  const isJson = path.endsWith(".json");
  const document = isJson ? JSON.parse(files.get(path)!) : parse(files.get(path)!);
  edit(document);
  return new Map([...files, [path, isJson ? JSON.stringify(document) : stringify(document)]]);
}

/** Runs the command in a project's folder. */
export async function diff(folder: string, ...args: readonly string[]) {
  const { status, stdout: out, stderr: err } = await called(["diff", ...args], { folder });
  return { status, out, err };
}

/** Writes files into a folder of a name; gives its path. */
export function written(folder: string, name: string, files: Files): string {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

export const without = (path: string): Files => new Map([...built].filter(([name]) => name !== path));
export const panel = (dashboard: Any, title: string): Any => dashboard.panels.find((one: Any) => one.title === title);

const read = stateOf(built);
export const compare = (to: Files, from: Files = built) =>
  compareStates(from === built ? read : stateOf(from), stateOf(to));
/** The Markdown of what changed, without its first line, which names the states. */
export const changes = (to: Files, from: Files = built): string =>
  markdown(compare(to, from), { from: "BASE", to: "HEAD" }).replace(/^\*\*\d+ changes?\*\* from BASE to HEAD\n\n/, "");
/** The same without the whole texts that are folded below a line. */
export const brief = (to: Files, from?: Files): string =>
  changes(to, from).replace(/ *<details>.*?<\/details>\n/gs, "");
export const one = (path: string, document: unknown): Files =>
  new Map([[path, typeof document === "string" ? document : JSON.stringify(document)]]);
