import { el } from "./dom.ts";

const HTTP = /^https?:\/\//;

/** Code, strong and emphasised text and links of one line; a link inside of the repository is shown as its text. */
function inline(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const found of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)/g)) {
    parts.push(text.slice(at, found.index));
    const [whole, code, strong, emphasis, label, target] = found;
    if (code !== undefined) parts.push(el("code", {}, code));
    else if (strong !== undefined) parts.push(el("strong", {}, strong));
    else if (emphasis !== undefined) parts.push(el("em", {}, emphasis));
    else if (HTTP.test(target!)) parts.push(el("a", { href: target, target: "_blank", rel: "noreferrer" }, label!));
    else parts.push(label!);
    at = found.index + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}

const cells = (line: string) =>
  line
    .replace(/^\||\|\s*$/g, "")
    .split("|")
    .map((text) => text.trim());

function block(lines: readonly string[]): Node {
  const [first = ""] = lines;
  const heading = /^(#{1,4}) (.+)$/.exec(first);
  if (heading) return el(heading[1]!.length > 2 ? "h4" : "h3", {}, ...inline(heading[2]!));
  const items = (marker: RegExp) =>
    lines
      .join("\n")
      .split(marker)
      .filter(Boolean)
      .map((text) => el("li", {}, ...inline(text.replace(/\s*\n\s*/g, " ").trim())));
  if (/^\d+\. /.test(first)) return el("ol", {}, ...items(/^\d+\. /m));
  if (/^[-*] /.test(first)) return el("ul", {}, ...items(/^[-*] /m));
  if (first.startsWith("|")) {
    const [head, , ...rows] = lines;
    const body = rows.map((row) => el("tr", {}, ...cells(row).map((text) => el("td", {}, ...inline(text)))));
    return el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...cells(head!).map((text) => el("th", { scope: "col" }, ...inline(text))))),
      el("tbody", {}, ...body),
    );
  }
  return el("p", {}, ...inline(lines.join(" ")));
}

/** A runbook: headings, paragraphs, lists, tables and code. */
export function markdown(text: string): HTMLElement {
  const nodes = text.split(/^```\w*\n/m).flatMap((part, index): Node[] => {
    if (index % 2 === 1) return [el("pre", {}, part.trimEnd())];
    return part
      .split(/\n\s*\n|\n(?=#)|(?<=^#.*)\n/m)
      .map((one) => one.split("\n").filter((line) => line.trim() !== ""))
      .filter((lines) => lines.length > 0)
      .map(block);
  });
  return el("div", { class: "runbook" }, ...nodes);
}
