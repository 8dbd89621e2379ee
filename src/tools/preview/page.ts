import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type * as esbuild from "esbuild";

const here = (name: string) => fileURLToPath(new URL(`page/${name}`, import.meta.url));

/** A file of the page; its name holds a hash of what is in it, so that a browser keeps it for good. */
export type Asset = Readonly<{ type: string; body: Uint8Array }>;
/** The page's files by their path, and its document with what it shows at first. */
export type Site = Readonly<{ files: ReadonlyMap<string, Asset>; document: (first: object) => string }>;

const TYPES = { js: "text/javascript", css: "text/css" } as const;
const assetOf = ({ path, contents }: esbuild.OutputFile): readonly [string, Asset] => {
  const ending = path.endsWith(".js") ? "js" : "css";
  return [`/${basename(path)}`, { type: `${TYPES[ending]}; charset=utf-8`, body: contents }];
};

async function built(): Promise<Site> {
  const { build }: typeof esbuild = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [here("main.ts"), here("styles.css")],
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    outdir: "/",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    write: false,
    logLevel: "silent",
  });
  const files = new Map(outputFiles.map(assetOf));
  const paths = [...files.keys()];
  const modules = paths.filter((path) => path.endsWith(".js") && !path.startsWith("/main-"));
  const html = readFileSync(here("index.html"), "utf8")
    .replace("<!-- modules -->", modules.map((path) => `<link rel="modulepreload" href="${path}">`).join(""))
    .replaceAll(/\/main\.js|\/styles\.css/g, (name) => {
      const [stem, ending] = name.split(".") as [string, string];
      return paths.find((path) => path.startsWith(`${stem}-`) && path.endsWith(ending))!;
    });
  const document = (first: object) =>
    html.replace("{}", () => JSON.stringify(first).replaceAll("<", String.raw`\u003c`));
  return { files, document };
}

let site: Promise<Site> | undefined;
/** The page, built when it is first asked for. */
export const pageSite = (): Promise<Site> => {
  site ??= built();
  return site;
};
