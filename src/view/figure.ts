import { escaped } from "./page.ts";
import { type Chart, draw } from "./svg.ts";

/** A chart on a page, with its title and description for those who do not see it; `id` is its own on the page. */
export function figure(chart: Chart, id: string): string {
  const title = escaped(chart.title);
  const description = escaped(chart.description);
  const svg = draw(chart)
    .replace(/<svg /, `<svg role="img" aria-labelledby="${id}-title ${id}-desc" `)
    .replace(/>/, `><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>`)
    .replace(/(?<=id="|url\(#)c(?=\d)/g, `${id}-c`);
  const shown = `<div class="wide" tabindex="0" role="region" aria-label="${title}">${svg}</div>`;
  return `<figure><figcaption><strong>${title}</strong> ${description}</figcaption>${shown}</figure>`;
}
