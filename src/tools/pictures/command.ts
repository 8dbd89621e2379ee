import { join, resolve } from "node:path";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { rootFolder } from "../../core/places.ts";
import { sentence } from "../../core/visible.ts";
import { writerInto } from "../../core/write.ts";
import { jsonOf, svgOf } from "./drawing.ts";
import { material } from "./material.ts";
import { panelDrawings } from "./panels.ts";
import { ruleDrawings } from "./rules.ts";

type Flags = Readonly<{ out: string; screens: boolean }>;
type Picture = Readonly<{ name: string; file: string; content: string | Buffer; values: object }>;

const parser = (around: Pick<Surroundings, "stdout" | "stderr">) =>
  parserOf("pictures", around)
    .description(
      "Draws the dashboards and alerts of build/ over the sample and a made-up week, always at the same moment.",
    )
    .option("--out <folder>", "where the pictures go", join(rootFolder, "docs", "pictures"))
    .option("--no-screens", "charts and timelines (SVG) alone: without the screens (PNG), which need Chromium")
    .addHelpText(
      "after",
      "\nBeside each picture stands a JSON file of the values that it shows. Exit status: 0, or 1.",
    );

/** The charts and timelines. */
async function drawings(): Promise<readonly Picture[]> {
  const found = await material();
  const all = [...panelDrawings(found), ...(await ruleDrawings(found))];
  return all.map((one) => ({ file: `${one.name}.svg`, content: svgOf(one), ...one }));
}

async function photographs(): Promise<readonly Picture[]> {
  const [{ screens }, { launchBrowser }] = await Promise.all([import("./screens.ts"), import("./browser.ts")]);
  return (await screens(launchBrowser)).map((one) => ({ file: `${one.name}.png`, content: one.png, ...one }));
}

/** Writes the pictures of the documentation; the exit status is 0, or 1 where they could not be made. */
export const run: Run = async (args, around) => {
  const { out, screens } = parser(around).parse(args, { from: "user" }).opts<Flags>();
  const folder = resolve(around.folder, out);
  const write = writerInto(folder, `--out ${folder}`);
  const pictures = [...(await drawings()), ...(screens ? await photographs() : [])];
  const files = new Map(
    pictures.flatMap(({ name, file, content, values }): [string, string | Buffer][] => [
      [file, content],
      [`${name}.json`, jsonOf(values)],
    ]),
  );
  write(files);
  around.stdout.write(`${pictures.length} pictures, each with its values, in ${sentence(folder)}\n`);
  return 0;
};
