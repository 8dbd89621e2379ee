import pc from "picocolors";
import { expect, test } from "vitest";
import { json } from "../../../src/tools/diff/render/json.ts";
import { markdown } from "../../../src/tools/diff/render/markdown.ts";
import { terminal } from "../../../src/tools/diff/render/terminal.ts";
import { type Any, compare, DASHBOARDS, edited, one } from "./support.ts";

const HOSTILE = [
  "</details><script>alert(1)</script>",
  "@everyone see #1 and GH-2 at https://evil.example",
  "a\n\n# Heading\n- item\n| a | b |",
  "[click](javascript:alert(1)) ![x](y) `code` **bold** ~~gone~~",
  "``` \u0060\u0060\u0060\u0060 fence",
  "\u001b[31mred\u001b[0m \u202eright to left",
  "&lt;b&gt; <!-- hidden",
];
const report = (text: string) => {
  const dashboard = (value: string) => ({
    uid: "u",
    title: value,
    description: `was ${value}`,
    panels: [{ id: 1, type: "stat", title: value, targets: [{ refId: "A", expr: `${value} or up` }] }],
  });
  const to = dashboard(text) as Any;
  Object.assign(to, { description: text, tags: [text], title: `${text} now` });
  Object.assign(to.panels[0], { title: `${text} now`, options: { content: text } });
  to.panels[0].targets[0].expr = `${text} and up`;
  return compare(one("a.json", to), one("a.json", dashboard(text)));
};

test.each(HOSTILE)("%j cannot break out of its place in Markdown", (text) => {
  const lines = markdown(report(text), { from: `base ${text}`, to: `head ${text}` }).split("\n");
  // Outside code, whose fences are longer than any run of backticks inside, no line may have what is not ours.
  let fence: string | undefined;
  for (const line of lines) {
    const mark = /^\s*(`{3,})$/.exec(line)?.[1];
    if (mark && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    else if (fence === undefined) {
      const prose = line.replace(/(?<!`|\\)(`+)(?!`).*?(?<!`)\1(?!`)/g, "CODE");
      expect(prose).toMatch(
        /^$|^\*\*\d+ changes?\*\* from |^### Dashboard “|^ *- |^ *<details><summary>before and after<\/summary>$|^ *<\/details>$/,
      );
      expect(prose.replace(/^ *<\/?details>(<summary>before and after<\/summary>)?$/, "")).not.toMatch(
        /(?<!\\)[<[~|]|@|#\d|:\/\//,
      );
    }
  }
  expect(fence).toBeUndefined();
});

test("no control character reaches the terminal", () => {
  const text = terminal(report(HOSTILE[5]!), { from: "a", to: "b" }, pc.createColors(false));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it looks for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).toContain("\\x1b[31mred");
});

test("a comment that GitHub would refuse is cut, and says so", () => {
  const files = edited(`${DASHBOARDS}/1-ingestion-health.json`, (dashboard) => {
    dashboard.panels = Array.from({ length: 1500 }, (_, id) => ({
      id: id + 100,
      type: "stat",
      title: `Panel ${id} ${"x".repeat(60)}`,
    }));
  });
  const text = markdown(compare(files), { from: "a", to: "b" });
  expect(text.length).toBeLessThan(61_000);
  expect(text).toMatch(/\b\d\d\d more changes here did not fit into a comment; `npm run diff` shows them\.\n$/);
});

test("JSON has the words and the values", () => {
  const files = edited(`${DASHBOARDS}/1-ingestion-health.json`, (dashboard) => {
    dashboard.refresh = "5m";
  });
  const words = [{ before: "1 min", after: "5 min" }];
  const change = { of: "", what: "refresh", change: "changed", words, paths: ["refresh"], from: "1m", to: "5m" };
  const title = "1 · Santé de l'ingestion";
  const about = { id: "1-ingestion-health", kind: "dashboard", title, status: "changed", note: "", effects: [] };
  const sections = [{ kind: "dashboard", title, subjects: [{ ...about, changes: [change] }] }];
  expect(JSON.parse(json(compare(files), { from: "a", to: "b" }))).toEqual({ from: "a", to: "b", count: 1, sections });
  expect(JSON.parse(json([], { from: "a", to: "b" }))).toEqual({ from: "a", to: "b", count: 0, sections: [] });
});
