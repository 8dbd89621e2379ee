import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type * as esbuild from "esbuild";

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

const MODULE = { bundle: true, format: "esm", target: "es2022", write: false, logLevel: "silent" } as const;

/** The page's files by their path: its script, the charts' library as a module of its own, and its style sheet. */
export async function pageAssets(): Promise<ReadonlyMap<string, Asset>> {
  const { build }: typeof esbuild = await import("esbuild");
  const bundle = async (name: string, options: esbuild.BuildOptions) => {
    const { outputFiles } = await build({ ...MODULE, ...options, entryPoints: [here(name)] });
    return { type: "text/javascript; charset=utf-8", body: outputFiles![0]!.text };
  };
  const [page, charts] = await Promise.all([
    bundle("main.ts", { external: ["/echarts.js"] }),
    bundle("echarts.ts", { minify: true }),
  ]);
  return new Map<string, Asset>([
    ["/page.js", page],
    ["/echarts.js", charts],
    ["/page.css", { type: "text/css; charset=utf-8", body: styles() }],
    ["/", { type: "text/html; charset=utf-8", body: readFileSync(here("index.html")) }],
  ]);
}
