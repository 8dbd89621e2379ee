import { html } from "../../core/html.ts";
import { type Chart, draw } from "../../view/svg.ts";

/** A picture: its file's name without ending, how it is drawn, and the values that it shows. */
export type Drawing = Readonly<{ name: string; chart: Chart; values: object }>;

export const iso = (ms: number): string => new Date(ms).toISOString();
/** Six digits: more than a picture shows. */
export const rounded = (value: number): number => Number(value.toPrecision(6));

const PAPER = "#ffffff";

/** The picture as a file of its own, on white: its reader may be in the dark. */
export function svgOf({ chart }: Drawing): string {
  const about = html`<title>${chart.title}</title><rect width="100%" height="100%" fill="${PAPER}"></rect>`;
  return `${draw(chart)
    .replace(/<svg /, '<svg font-family="sans-serif" ')
    .replace(/>/, () => `>${about}`)}\n`;
}

/** The values of a picture as the file beside it; a list of plain values stands on one line. */
export const jsonOf = (values: object): string =>
  `${JSON.stringify(values, null, 1).replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s*\n\s*/g, " ").replace(/^\[ | \]$/g, (end) => end.trim()))}\n`;
