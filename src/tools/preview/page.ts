import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type * as esbuild from "esbuild";

const require = createRequire(import.meta.url);
const here = (name: string) => fileURLToPath(new URL(`page/${name}`, import.meta.url));

/** The parts of the style sheet in their order: of two rules of equal weight the later one counts. */
const STYLES = [
  "base",
  "header",
  "menus",
  "panels",
  "values",
  "tables",
  "charts",
  "legends",
  "dialogs",
  "rules",
  "timelines",
  "runbooks",
  "narrow",
];
const styles = () => STYLES.map((name) => readFileSync(here(`styles/${name}.css`), "utf8")).join("");

/** A file that the page asks for. */
export type Asset = Readonly<{ type: string; body: Buffer | string }>;

/** The page's files by their path: its script as one module, its style sheet, and the charts' library as installed. */
export async function pageAssets(): Promise<ReadonlyMap<string, Asset>> {
  const { build }: typeof esbuild = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [here("main.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    external: ["/echarts.js"],
    alias: { echarts: "/echarts.js" },
    sourcemap: "inline",
    logLevel: "silent",
  });
  const echarts = readFileSync(require.resolve("echarts/dist/echarts.esm.min.mjs"));
  return new Map([
    ["/page.js", { type: "text/javascript; charset=utf-8", body: outputFiles[0]!.text }],
    ["/echarts.js", { type: "text/javascript; charset=utf-8", body: echarts }],
    ["/page.css", { type: "text/css; charset=utf-8", body: styles() }],
    ["/", { type: "text/html; charset=utf-8", body: readFileSync(here("index.html")) }],
  ]);
}
