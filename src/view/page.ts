import { createHash } from "node:crypto";
import { type Html, html, safe } from "../core/html.ts";
import { style } from "./page-style.ts";

/** A page: its language, its head lines as text, its body. */
type Page = Readonly<{
  lang?: "fr" | "en";
  title: string;
  name?: string;
  period: string;
  made: string;
  main: Html;
}>;

/** One page that needs neither network nor script. */
export function pageOf({ lang = "fr", title, name = title, period, made, main }: Page): string {
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const when = html`<p class="period">${period}</p><p class="made">${made}</p>`;
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${safe(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<style>${safe(style)}</style>
</head>
<body>
<header><h1>${title}</h1>${when}</header>
<main>
${main}
</main>
</body>
</html>
`.toString();
}
