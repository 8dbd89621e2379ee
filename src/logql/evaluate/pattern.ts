/** A pattern such as `<ip> - <user> [<_>]`: literal texts and captures in turn, `<_>` without a name. */
type Part = Readonly<{ literal: string }> | Readonly<{ capture: string }>;
type Pattern = readonly Part[];

const capture = /<([A-Za-z_][A-Za-z0-9_]*)>/g;

/** Reads a pattern; `purpose` tells a parser, which needs a named capture, from a line filter, which must have none. */
export function parsePattern(text: string, purpose: "parser" | "filter"): Pattern {
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(capture)) {
    if (found.index > at) parts.push({ literal: text.slice(at, found.index) });
    parts.push({ capture: found[1]! });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ literal: text.slice(at) });
  validate(parts, purpose);
  return parts;
}

function validate(parts: Pattern, purpose: "parser" | "filter"): void {
  const names = parts.flatMap((part) => ("capture" in part && part.capture !== "_" ? [part.capture] : []));
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    if (before && "capture" in before && "capture" in part)
      throw new Error(`found consecutive capture '<${before.capture}><${part.capture}>': invalid expression`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`duplicate capture name (${twice}): invalid expression`);
  if (purpose === "parser" && names.length === 0)
    throw new Error("at least one capture is required: invalid expression");
  if (purpose === "filter" && names.length > 0) throw new Error("named captures are not allowed: invalid expression");
}

/** The captures of a line, as far as the pattern fits: the last one takes the rest. */
export function capturesOf(pattern: Pattern): (line: string, found: (name: string, value: string) => void) => void {
  const [first] = pattern;
  const lead = first && "literal" in first ? first.literal : undefined;
  const rest = lead === undefined ? pattern : pattern.slice(1);
  return (line, found) => {
    if (lead !== undefined && !line.startsWith(lead)) return;
    let at = lead?.length ?? 0;
    for (let i = 0; i < rest.length; i += 2) {
      const { capture: name } = rest[i] as Readonly<{ capture: string }>;
      const next = rest[i + 1] as Readonly<{ literal: string }> | undefined;
      const end = next === undefined ? -1 : line.indexOf(next.literal, at);
      if (name !== "_") found(name, end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0) return;
      at = end + next!.literal.length;
    }
  };
}

/** Whether a whole line has a pattern's texts in order, with something between them. */
export function patternTest(pattern: Pattern): (line: string) => boolean {
  return (line) => {
    let at = 0;
    for (const [index, part] of pattern.entries()) {
      if ("capture" in part) continue;
      if (index === 0 && !line.startsWith(part.literal)) return false;
      const place = index === 0 ? 0 : placeOf(line, part.literal, { at, last: index === pattern.length - 1 });
      if (place < 0 || (index > 0 && place === at)) return false;
      at = place + part.literal.length;
    }
    const last = pattern.at(-1);
    if (last === undefined) return line === "";
    return "capture" in last ? at < line.length : at === line.length;
  };
}

const placeOf = (line: string, literal: string, { at, last }: Readonly<{ at: number; last: boolean }>): number => {
  if (!last) return line.indexOf(literal, at);
  const place = line.length - literal.length;
  return place >= at && line.endsWith(literal) ? place : -1;
};
