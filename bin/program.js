import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, "node_modules", ".cache", "ingestion");
const DAY_MS = 86_400_000;

const digest = (texts) => texts.reduce((hash, text) => hash.update(text), createHash("sha256")).digest("hex");
const list = join(cache, "sources.json");
const textOf = (file) => readFileSync(join(root, file), "utf8");
const entryOf = (name) => join(cache, name, "cli.mjs");
const nameOf = (files, read) => digest(files.flatMap((file) => [file, read(file)])).slice(0, 32);
/** Where each source stands, whatever clone of this project runs the bundle. */
const HERE = "programRoot";
globalThis[HERE] = pathToFileURL(root).href;

/** The bundle that was made of these very sources, if there is one. */
function made() {
  try {
    const files = JSON.parse(readFileSync(list, "utf8"));
    const entry = entryOf(nameOf(files, textOf));
    return existsSync(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Puts the sources into few files without types, and remembers which they were; libraries stay where they are. */
async function make() {
  const { build } = await import("esbuild");
  const sources = new Map();
  const read = ({ path }) => {
    const text = readFileSync(path, "utf8");
    const file = relative(root, path);
    sources.set(file, text);
    const place = `(globalThis.${HERE} + ${JSON.stringify(file)})`;
    return { contents: text.replaceAll("import.meta.url", place), loader: "ts" };
  };
  const outdir = join(cache, `${process.pid}.new`);
  await build({
    entryPoints: [join(root, "src", "cli.ts")],
    absWorkingDir: root,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "silent",
    plugins: [{ name: "sources", setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, read) }],
  }).catch((error) => {
    rmSync(outdir, { recursive: true, force: true });
    throw error;
  });
  const files = [...sources.keys(), "bin/program.js", "package.json"].sort();
  const name = nameOf(files, (file) => sources.get(file) ?? textOf(file));
  if (existsSync(entryOf(name))) rmSync(outdir, { recursive: true });
  else renameSync(outdir, join(cache, name));
  writeFileSync(`${outdir}.json`, JSON.stringify(files));
  renameSync(`${outdir}.json`, list);
  return entryOf(name);
}

/** Removes bundles of earlier sources, but for those that a running program may still load from. */
function tidy(now = Date.now()) {
  for (const name of readdirSync(cache))
    if (now - statSync(join(cache, name)).mtimeMs > 30 * DAY_MS) rmSync(join(cache, name), { recursive: true });
}

/**
 * The address of the program, as JavaScript that is made once for each state of its sources. A loader of TypeScript
 * beside the program would take a second of every start, and 30 MB of every service; it stands in where nothing can be
 * written. Throws a `SyntaxError` with a sentence where a source cannot be read.
 */
export async function program() {
  let entry = made();
  try {
    if (!entry) {
      mkdirSync(cache, { recursive: true });
      entry = await make();
      tidy();
    }
  } catch (error) {
    const [fault] = error.errors ?? [];
    if (fault?.location) {
      const { file, line, column } = fault.location;
      throw new SyntaxError(`${file}, line ${line}, column ${column + 1}: ${fault.text}; mend it there.`);
    }
    await import("tsx");
    return new URL("../src/cli.ts", import.meta.url).href;
  }
  return pathToFileURL(entry).href;
}
