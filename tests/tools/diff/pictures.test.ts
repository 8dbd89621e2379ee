import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { seconds } from "../../../src/core/units.ts";
import { folderOfFile } from "../../support/folder.ts";
import { every, lineOf } from "../../support/own-runs.ts";
import { built, diff, edited, type Files, HEALTH, panel, withRule, written } from "./support.ts";

const higher = withRule("4-latence-degradee", { p95: seconds(20) });

const folder = folderOfFile();
let first: Promise<string>;
beforeAll(() => {
  write("before", built);
  first = pageOf(higher, "once");
});

const write = (name: string, files: Files) => written(folder, name, files);
async function pageOf(files: Files, name: string, ...args: string[]): Promise<string> {
  write(name, files);
  const options = ["--from", "before", "--to", name, "--no-effect", "--pictures", `${name}-pictures`];
  const { err } = await diff(folder, ...options, ...args);
  expect(err).toBe("");
  return readFileSync(join(folder, `${name}-pictures`, "index.html"), "utf8");
}

/** The part of the page about one thing, before and after. */
function partOf(page: string, title: string): readonly [before: string, after: string] {
  const [, part = ""] = page.split(`${title}”</h3>`);
  const own = part.split("<h3>")[0]!;
  const [, before = "", after = ""] = own.split(/<h4>(?:Before|After)<\/h4>/);
  return [before, after];
}
/** How high the dashed line of a panel's threshold stands. */
const lineHeight = (svg: string) => Number(/d="M[\d.]+ ([\d.]+)L[\d.]+ \1"[^>]*stroke-dasharray/.exec(svg)?.[1]);
/** The widths of the red stretches of a timeline. */
const firing = (svg: string) =>
  [...svg.matchAll(/d="M[\d.]+ [\d.]+l([\d.]+) 0[^"]*" fill="#d6453d"/g)].map(([, width]) => Number(width));

describe("before and after", () => {
  test("a changed p95 is a moved line and a changed timeline", async () => {
    const page = await first;
    const [before, after] = partOf(page, "panel “Durée p95 par source");
    expect(before).toContain("- - - 10 s");
    expect(after).toContain("- - - 20 s");
    expect(lineHeight(before)).toBeGreaterThan(lineHeight(after));
    const [was, is] = partOf(page, "rule “Latence dégradée");
    // Of the sample, EasyProjects (748 s), zohobooks (22 s) and PowerBI (14.5 s) were above 10 s, two of them are above
    // 20 s.
    expect([firing(was).length, firing(is).length]).toEqual([3, 2]);
    expect(page).toContain("condition: &gt; 10 s → &gt; 20 s");
    expect(page).toContain("over the sample");
  });

  test("the same change gives the same page, without script or network", async () => {
    const page = await pageOf(higher, "once");
    expect(page).toBe(await first);
    expect(page).not.toMatch(/<script|style="|https?:\/\/(?!www\.w3\.org)/);
  });

  test("over one's own records", async () => {
    const start = Date.UTC(2026, 10, 20);
    const runs = [
      ...every(5, start, [0, 600], { source: "Efficy", seconds: 1 }),
      ...every(5, start, [300, 360], { source: "PowerBI", seconds: 15 }),
    ];
    const logs = join(folder, "logs.json");
    writeFileSync(logs, runs.map(lineOf).join("\n"));
    const [was, is] = partOf(await pageOf(higher, "own", "--logs", logs), "rule “Latence dégradée");
    expect([firing(was).length, firing(is).length]).toEqual([1, 0]);
  });

  test("numbers and tables are shown as texts; what came or went has one side", async () => {
    const files = edited(HEALTH, (dashboard) => {
      const [target] = panel(dashboard, "Succès").targets;
      target.expr = target.expr.replace("SUCCESS", "FAILED");
      dashboard.panels = dashboard.panels.filter(({ title }: { title: string }) => title !== "Taux d'échec");
    });
    const page = await pageOf(files, "numbers");
    const [before, after] = partOf(page, "panel “Succès");
    expect(before).toContain("<td>71</td>");
    expect(after).toContain("<td>1</td>");
    const [gone, none] = partOf(page, "panel “Taux d&#39;échec");
    expect(gone).toMatch(/<td>1\.(?:4|39)%<\/td>/);
    expect(none).toContain("It is not there.");
  });

  test("a rule whose timeline stays is not drawn, and a page says when there is nothing", async () => {
    const page = await pageOf(
      edited("grafana-provisioning/alerting/1-echec-detecte.yml", ({ groups }) =>
        Object.assign(groups[0].rules[0], { title: "Autre" }),
      ),
      "title",
    );
    expect(page).toContain("No panel changed, and no rule tells anything else on these records.");
    expect(await pageOf(built, "same")).toContain("Nothing changed between ");
  });

  test("a folder that cannot be written is one sentence, status 2", async () => {
    writeFileSync(join(folder, "file"), "");
    const { status, err } = await diff(folder, "--from", "before", "--to", "before", "--pictures", "file/in");
    expect(status).toBe(2);
    expect(err).toMatch(/^--pictures \S+file\/in cannot be written \(.+\); name another place\.\n$/);
  });
});
