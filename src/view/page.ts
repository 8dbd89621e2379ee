import { createHash } from "node:crypto";
import { style } from "./page-style.ts";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** A text from elsewhere inside a page. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** A page: its head lines as text, its body as HTML. */
export type Page = Readonly<{ lang?: "fr" | "en"; title: string; name?: string; period: string; made: string; main: string }>;

/** One page that needs neither network nor script. */
export function page({ lang = "fr", title, name = title, period, made, main }: Page): string {
  const digest = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(name)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><p class="period">${escaped(period)}</p><p class="made">${escaped(made)}</p></header>
<main>
${main}
</main>
</body>
</html>
`;
}
