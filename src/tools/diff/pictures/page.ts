import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { detail, UserError } from "../../../core/errors.ts";
import { type Html, html, nothing, onLines } from "../../../core/html.ts";
import { clock } from "../../../core/moment.ts";
import { printable } from "../../../core/printable.ts";
import { pageOf } from "../../../view/page.ts";
import { type Picture, pictureHtml } from "../../../view/picture.ts";
import type { Report, Section, Subject } from "../compare/report.ts";
import type { State } from "../model/model.ts";
import { arrival, nothing as nothingChanged, nounOf, sentence, titleOf } from "../render/phrases.ts";
import { type Drawn, panelPictures } from "./panels.ts";
import { type Judged, rulePictures } from "./rules.ts";

/** Where the pictures come from: the records, and how they are called. */
export type Material = Readonly<{ drawn: Drawn; judged: Judged; name: string }>;
type States = Readonly<{ from: State; to: State }>;
type Pair = Readonly<{ before: Picture | undefined; after: Picture | undefined }>;

const NOT_THERE: Picture = { colors: [], table: [], missing: "It is not there." };

function words({ details, effects, status, note }: Subject): Html {
  const lines = [
    ...(status === "changed" ? [] : [arrival({ status, note } as Subject)]),
    ...details.map((one) =>
      sentence(one)
        .parts.map(({ text }) => text)
        .join(""),
    ),
    ...effects.map((effect) => `effect: ${printable(effect)}`),
  ];
  return lines.length > 0 ? html`<ul>${onLines(lines.map((line) => html`<li>${line}</li>`))}</ul>` : nothing;
}

function pairHtml({ before = NOT_THERE, after = NOT_THERE }: Pair, id: string): Html {
  const was = html`<div><h4>Before</h4>${pictureHtml(before, `${id}-before`)}</div>`;
  return html`<div class="pair">${was}<div><h4>After</h4>${pictureHtml(after, `${id}-after`)}</div></div>`;
}

async function pairOf(subject: Subject, states: States, { drawn, judged }: Material): Promise<Pair | undefined> {
  if (subject.kind === "rule") return rulePictures(subject, states, judged);
  const isRow = (subject.to ?? subject.from)?.body.type === "row";
  return subject.kind === "panel" && !isRow ? panelPictures(subject, states, drawn) : undefined;
}

async function sectionHtml(
  section: Section,
  index: number,
  around: Readonly<{ states: States; material: Material }>,
): Promise<Html | undefined> {
  const parts: Html[] = [];
  for (const [place, subject] of section.subjects.entries()) {
    const pair = await pairOf(subject, around.states, around.material);
    if (!pair) continue;
    const title = [nounOf(subject), `“${titleOf(subject)}”`].filter(Boolean).join(" ");
    parts.push(html`<h3>${title}</h3>${words(subject)}${pairHtml(pair, `thing-${index}-${place}`)}`);
  }
  return parts.length > 0 ? html`<section><h2>${printable(section.title)}</h2>${onLines(parts)}</section>` : undefined;
}

type Drawing = Readonly<{ states: States; material: Material; names: Readonly<{ from: string; to: string }> }>;

/** Before and after of every changed panel and of every rule whose timeline changed, as one page. */
export async function picturesPage(report: Report, { states, material, names }: Drawing): Promise<string> {
  const sections: (Html | undefined)[] = [];
  for (const [index, section] of report.entries())
    sections.push(await sectionHtml(section, index, { states, material }));
  const shown = sections.filter((one) => one !== undefined);
  const empty =
    report.length === 0
      ? nothingChanged(names.from, names.to)
      : "No panel changed, and no rule tells anything else on these records.";
  return pageOf({
    lang: "en",
    title: "What changes, in pictures",
    period: `from ${printable(names.from)} to ${printable(names.to)}`,
    made: `over ${printable(material.name)}, at ${clock(material.drawn.now / 1000)} UTC`,
    main: shown.length > 0 ? onLines(shown) : html`<section><p class="none">${empty}</p></section>`,
  });
}

/** Writes the page as `index.html` of a folder, which is made where it does not exist. */
export function writePage(folder: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.html"), text);
  } catch (cause) {
    throw new UserError(`--pictures ${folder} cannot be written (${detail(cause)}); name another folder.`, { cause });
  }
}
