import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const text = (file: string) => readFileSync(join(root, file), "utf8");
const folders = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ".github/pull_request_template.md",
  ...folders.filter((name) => name.endsWith(".md")).map((name) => join("docs", name)),
];
const found = (file: string, pattern: RegExp) => [
  ...new Set([...text(file).matchAll(pattern)].map(([, what]) => what!)),
];

const prose = (file: string) => text(file).replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
/** The anchor that GitHub gives a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
const anchors = (file: string) => [...prose(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading!));

function isBroken(file: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? file : join(dirname(file), decodeURIComponent(path));
  if (!existsSync(join(root, target))) return true;
  return heading !== undefined && !anchors(target).includes(heading);
}

/** What the documents say that does not hold, each with its document. */
const wrong = (pattern: RegExp, isWrong: (what: string, file: string) => boolean) =>
  documents.flatMap((file) =>
    found(file, pattern).flatMap((what) => (isWrong(what, file) ? [`${file}: ${what}`] : [])),
  );

test("every link leads somewhere", () => {
  expect(wrong(/\]\((?!https?:|mailto:)([^)\s]+)\)/g, (link, file) => isBroken(file, link))).toEqual([]);
});

/** What is made later or is another's: settings, files of a cluster, the alert of an example, Grafana's program. */
const ELSEWHERE =
  /^(deploy\/\.env|build\/kubernetes|build\/grafana-.*(kustomization|0-retired)|bin\/grafana)|6-retablissement-lent/;
const PATH = /(?<![\w./:-])((?:src|tests|docs|deploy|build|bench|bin|samples|\.ci|\.github)\/[\w./-]*\w)(?![\w*<…{])/g;

test("every path that is named exists", () => {
  expect(wrong(PATH, (path) => !ELSEWHERE.test(path) && !existsSync(join(root, path)))).toEqual([]);
});

const commands = found("src/cli.ts", /^ {2}"?([a-z:-]+)"?: \{/gm);
const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };

test("every command that is named is one", () => {
  expect(wrong(/npm run (?:-s )?([a-z][a-z:-]*[a-z])/g, (name) => !(name in scripts))).toEqual([]);
  expect(wrong(/npx ingestion (?:--no-settings )?([a-z][a-z:-]*)/g, (name) => !commands.includes(name))).toEqual([]);
});

test("every command of the program is a script of its name", () => {
  expect(commands).toEqual(expect.arrayContaining(["build", "lint:logql", "start", "create-topics"]));
  expect(commands.filter((name) => scripts[name] !== `node bin/ingestion.js ${name}`)).toEqual([]);
});

test("docs/README.md leads to every document", () => {
  const listed = found("docs/README.md", /\]\(([a-z]+\.md)\)/g);
  const all = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md") && name !== "README.md");
  expect(all.filter((name) => !listed.includes(name))).toEqual([]);
});

test("docs/commands.md names every script", () => {
  const page = text("docs/commands.md");
  const unnamed = Object.keys(scripts).filter((name) => !new RegExp(`npm (run (-s )?)?${name}\\b(?!:)`).test(page));
  expect(unnamed).toEqual([]);
});

/** Thresholds and windows of an example stand for any. */
const linesOf = (part: string) => part.split("\n").map((line) => line.trim().replaceAll(/\b\d+(?=[ms]?\b)/g, "N"));

test("README is short, and what it shows of the code stands there", () => {
  const readme = text("README.md");
  expect(readme.split("\n").length).toBeLessThanOrEqual(121);
  const shown = [...readme.matchAll(/^```(?:ts|yaml)\n((?:\/\/|#) ([\w./-]+)[\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.split(/^(?=(?:\/\/|#) \w)/m),
  );
  expect(shown.length).toBe(3);
  for (const part of shown) {
    const [, file = ""] = /^(?:\/\/|#) ([\w./-]+)/.exec(part)!;
    const real = linesOf(text(file.replace(/,$/, "")));
    const lines = linesOf(part).slice(1);
    expect(lines.filter((line) => line !== "" && !real.includes(line))).toEqual([]);
  }
});

test("each documented proxy keeps Grafana's metrics, which ask for no login, to itself", () => {
  const blocks = found("docs/security.md", /```(?:nginx)?\n([^`]*proxy[^`]*127\.0\.0\.1:3000[^`]*)```/g);
  expect(blocks).toHaveLength(2);
  const [caddy, nginx] = blocks as [string, string];
  // Caddy answers with `respond` before it passes anything on; nginx takes the longest prefix.
  expect(caddy).toMatch(/^\trespond \/metrics\* 404$/m);
  expect(nginx).toMatch(/^ {2}location \/metrics \{ return 404; \}$/m);
});
