import { recordsOf } from "../../../alerting/history/period.ts";
import { type Html, html, nothing, onLines } from "../../../core/html.ts";
import { clock } from "../../../core/moment.ts";
import { printable } from "../../../core/printable.ts";
import { HOUR_MS } from "../../../core/spans.ts";
import { writerInto } from "../../../core/write.ts";
import { PICTURED_AT, sampleAt } from "../../../logs/data.ts";
import { pageOf } from "../../../view/page.ts";
import { noPicture, type Picture, pictureHtml, pictureOf } from "../../../view/picture.ts";
import { momentOf } from "../../../view/times.ts";
import type { Pairing } from "../compare/match.ts";
import type { Report, Section, Subject } from "../compare/report.ts";
import type { OwnRecords } from "../effect/own.ts";
import type { Panel, State } from "../model/model.ts";
import { linesOf, type Names, nothing as nothingChanged, nounOf, titleOf } from "../render/phrases.ts";
import { viewOf } from "../view.ts";
import { rulePictures } from "./rules.ts";

type Pair = Readonly<{ before?: Picture | undefined; after?: Picture | undefined }>;
/** What is drawn over: the records, and the moment (ms) at which panels are drawn. */
type Material = Readonly<{ now: number; own: OwnRecords }>;
type Over = Readonly<{ states: Pairing<State>; material: Material }>;
type Drawing = Readonly<{ states: Pairing<State>; own: OwnRecords | undefined; names: Names }>;

const NOT_THERE = noPicture("It is not there.");
const SIZE = { width: 520, height: 240 };
const POINTS = 360;
/** Long enough for windows to pass the newest record of the sample, and for a silence to show. */
const AFTER = 2 * 3600;

/** Somebody's own records where there are any, else the bundled sample. */
async function materialOf(own: OwnRecords | undefined): Promise<Material> {
  if (own) return { now: own.period.to * 1000, own };
  const streams = await sampleAt(PICTURED_AT - 1000);
  const records = recordsOf(streams)!;
  const period = { from: records.oldest, to: PICTURED_AT / 1000 + AFTER };
  return { now: PICTURED_AT, own: { name: "the sample", streams, records, period } };
}

function panelPicture(
  panel: Panel | undefined,
  state: State,
  { own: { streams }, now }: Material,
): Picture | undefined {
  if (!panel) return undefined;
  const dashboard = viewOf(panel, state);
  if (typeof dashboard === "string") return noPicture(dashboard);
  const range = {
    from: momentOf(dashboard.time.from, now) ?? now - 6 * HOUR_MS,
    to: momentOf(dashboard.time.to, now) ?? now,
  };
  const question = { streams, range, points: POINTS, variables: dashboard.templating.list, choice: {} };
  return pictureOf(dashboard.panels[0]!, question, SIZE);
}

async function pairOf(subject: Subject, states: Pairing<State>, material: Material): Promise<Pair | undefined> {
  const { kind, from, to } = subject;
  if (kind === "rule") return rulePictures(subject, states, material.own);
  if (kind !== "panel" || (to ?? from)?.body.type === "row") return undefined;
  const picture = (side: "from" | "to") => panelPicture(subject[side] as Panel | undefined, states[side], material);
  return { before: picture("from"), after: picture("to") };
}

function pairHtml({ before = NOT_THERE, after = NOT_THERE }: Pair, id: string): Html {
  const was = html`<div><h4>Before</h4>${pictureHtml(before, `${id}-before`)}</div>`;
  return html`<div class="pair">${was}<div><h4>After</h4>${pictureHtml(after, `${id}-after`)}</div></div>`;
}

async function sectionHtml({ title, subjects }: Section, id: string, { states, material }: Over) {
  const parts: Html[] = [];
  for (const [place, subject] of subjects.entries()) {
    const pair = await pairOf(subject, states, material);
    if (!pair) continue;
    const lines = linesOf(subject).map((line) => html`<li>${line}</li>`);
    const words = lines.length > 0 ? html`<ul>${onLines(lines)}</ul>` : nothing;
    const head = [nounOf(subject), `“${titleOf(subject)}”`].filter(Boolean).join(" ");
    parts.push(html`<h3>${head}</h3>${words}${pairHtml(pair, `${id}-${place}`)}`);
  }
  return parts.length > 0 ? html`<section><h2>${printable(title)}</h2>${onLines(parts)}</section>` : undefined;
}

/** Before and after of every changed panel and of every rule whose timeline changed, as one page. */
async function pageText(report: Report, { states, own, names }: Drawing): Promise<string> {
  const material = await materialOf(own);
  const shown: Html[] = [];
  for (const [index, section] of report.entries()) {
    const one = await sectionHtml(section, `thing-${index}`, { states, material });
    if (one) shown.push(one);
  }
  const why =
    report.length === 0 ? nothingChanged(names) : "No panel changed, and no rule tells anything else on these records.";
  return pageOf({
    lang: "en",
    title: "What changes, in pictures",
    period: `from ${printable(names.from)} to ${printable(names.to)}`,
    made: `over ${printable(material.own.name)}, at ${clock(material.now / 1000)} UTC`,
    main: shown.length > 0 ? onLines(shown) : html`<section><p class="none">${why}</p></section>`,
  });
}

/** Writes the pictures of a report as `index.html` of a folder, which is made where it does not exist. */
export async function drawPictures(folder: string, report: Report, drawing: Drawing): Promise<void> {
  const write = writerInto(folder, `--pictures ${folder}`);
  write(new Map([["index.html", await pageText(report, drawing)]]));
}
