import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { guarded, parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { detail, UserError } from "../../core/errors.ts";
import { sentence } from "../../core/visible.ts";
import { jsonOf, svgOf } from "./drawing.ts";
import { material } from "./material.ts";
import { panelDrawings } from "./panels.ts";
import { ruleDrawings } from "./rules.ts";

type Flags = Readonly<{ out: string; screens: boolean }>;
type Files = ReadonlyMap<string, string | Buffer>;

const parser = (around: Pick<Surroundings, "stdout" | "stderr">) =>
  parserOf("pictures", around)
    .description(
      "Draws the dashboards and alerts of build/ over the sample and a made-up week, always at the same moment.",
    )
    .option("--out <folder>", "where the pictures go", "docs/pictures")
    .option("--no-screens", "charts and timelines (SVG) alone: without the screens (PNG), which need Chromium")
    .addHelpText(
      "after",
      "\nBeside each picture stands a JSON file of the values that it shows. Exit status: 0, or 1.",
    );

/** The charts and timelines, each with its values, by the files' names. */
async function drawings(): Promise<ReadonlyMap<string, string>> {
  const found = await material();
  const all = [...panelDrawings(found), ...(await ruleDrawings(found))];
  return new Map(
    all.flatMap((one) => [
      [`${one.name}.svg`, svgOf(one)],
      [`${one.name}.json`, jsonOf(one.values)],
    ]),
  );
}

async function photographs(): Promise<Files> {
  const [{ screens }, { launchBrowser }] = await Promise.all([import("./screens.ts"), import("./browser.ts")]);
  const all = await screens(launchBrowser);
  return new Map(
    all.flatMap(({ name, png, values }): [string, string | Buffer][] => [
      [`${name}.png`, png],
      [`${name}.json`, jsonOf(values)],
    ]),
  );
}

function writeAll(folder: string, files: Files): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
  } catch (cause) {
    throw new UserError(
      `The pictures cannot be written to ${folder} (${detail(cause)}); name another folder with --out.`,
      {
        cause,
      },
    );
  }
}

/** Writes the pictures of the documentation; the exit status is 0, or 1 where they could not be made. */
export const run: Run = (args, around) =>
  guarded(async () => {
    const { out, screens } = parser(around)
      .parse([...args], { from: "user" })
      .opts<Flags>();
    const files: Files = new Map<string, string | Buffer>([
      ...(await drawings()),
      ...(screens ? await photographs() : []),
    ]);
    const folder = resolve(around.folder, out);
    writeAll(folder, files);
    around.stdout.write(`${files.size / 2} pictures, each with its values, in ${sentence(folder)}\n`);
    return 0;
  }, around);
