import { type Html, html, safe } from "../core/html.ts";
import { type Chart, draw } from "./svg.ts";

/** A chart on a page, with its title and description for those who do not see it; `id` is its own on the page. */
export function figure(chart: Chart, id: string): Html {
  const { title, description } = chart;
  const about = html`<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>`;
  const svg = draw(chart)
    .replace(/<svg /, `<svg role="img" aria-labelledby="${id}-title ${id}-desc" `)
    .replace(/>/, () => `>${about}`)
    .replace(/(?<=id="|url\(#)c(?=\d)/g, `${id}-c`);
  const region = html`class="wide" tabindex="0" role="region" aria-label="${title}"`;
  const caption = html`<figcaption><strong>${title}</strong> ${description}</figcaption>`;
  return html`<figure>${caption}<div ${region}>${safe(svg)}</div></figure>`;
}
