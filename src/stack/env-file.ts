type Variables = Readonly<Record<string, string | undefined>>;
/** The values of a settings file, the lines of their names, and one clause for each line that is none. */
type EnvFile = Readonly<{
  values: Readonly<Record<string, string>>;
  names: readonly Readonly<{ line: number; name: string }>[];
  faults: readonly Readonly<{ line: number; fault: string }>[];
}>;

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)[^\S\n]*=[^\S\n]*/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", $: "$$" };

/** `$NAME`, `${NAME}`, `${NAME:-default}` and their like, as Docker Compose replaces them; `$$` is a dollar sign. */
export function interpolated(
  text: string,
  { lookup, unset }: Readonly<{ lookup: (name: string) => string | undefined; unset?: (name: string) => void }>,
): string {
  return text.replace(
    /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^{}]*))?\})/g,
    (_, dollar, plain, braced, operator, other) => {
      if (dollar) return "$";
      const value = lookup(plain ?? braced);
      const isSet = operator?.startsWith(":") ? Boolean(value) : value !== undefined;
      if (operator?.endsWith("-")) return isSet ? value! : other;
      if (operator?.endsWith("+")) return isSet ? other : "";
      if (value === undefined) unset?.(plain ?? braced);
      return value ?? "";
    },
  );
}

/** Where a quoted value ends: the place of its closing quote, or -1. */
function endOf(text: string, quote: string): number {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

/** Reads settings by Docker Compose's rules: a value means the same to both. Interpolation has `shell` first. */
export function parseEnvFile(source: string, shell: Variables = {}): EnvFile {
  let rest = source.replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
  const values: Record<string, string> = {};
  const names: { line: number; name: string }[] = [];
  const faults: { line: number; fault: string }[] = [];
  const lookup = (name: string) => shell[name] ?? values[name];
  let line = 1;
  const take = (length: number) => {
    line += rest.slice(0, length).split("\n").length - 1;
    rest = rest.slice(length);
  };
  const expanded = (text: string, at: number) => {
    // Compose stops at it.
    if (/(?<!\$)(?:\$\$)*\$\{(?![A-Za-z_]\w*(?::?[-+?][^{}]*)?\})/.test(text))
      faults.push({
        line: at,
        fault: 'holds a "${" that is no variable: write $${, or put the value in single quotes',
      });
    const unset = (name: string) =>
      faults.push({
        line: at,
        fault: `names the variable $${name}, which is not set: write $$ for a dollar sign, or put the value in single quotes`,
      });
    return interpolated(text, { lookup, unset });
  };
  const restOfLine = () => /^[^\n]*\n?/.exec(rest)![0];
  while (rest !== "") {
    const assignment = ASSIGNMENT.exec(restOfLine());
    if (!assignment) {
      const text = restOfLine();
      if (text.includes("\r"))
        faults.push({ line, fault: "has a carriage return alone, which ends no line: write the file with line feeds" });
      else if (!/^\s*(#|$)/.test(text)) faults.push({ line, fault: "is no NAME=value" });
      take(text.length);
      continue;
    }
    const [head, name = ""] = assignment;
    const begun = line;
    names.push({ line, name });
    take(head.length);
    const quote = rest[0] === "'" || rest[0] === '"' ? rest[0] : undefined;
    if (quote === undefined) {
      const text = restOfLine();
      if (text.includes("\r"))
        faults.push({
          line: begun,
          fault: "has a carriage return alone, which ends no line: write the file with line feeds",
        });
      values[name] = expanded(text.replace(/\s#.*/s, "").trim(), begun);
      take(text.length);
      continue;
    }
    const end = endOf(rest, quote);
    if (end === -1) {
      faults.push({ line: begun, fault: `opens a quote for ${name} that nothing closes` });
      take(restOfLine().length);
      continue;
    }
    const inner = rest.slice(1, end);
    values[name] =
      quote === "'"
        ? inner.replaceAll("\\'", "'")
        : expanded(
            inner.replace(/\\(.)/gs, (all, letter: string) => ESCAPES[letter] ?? all),
            begun,
          );
    take(end + 1);
    const after = restOfLine();
    if (!/^\s*(#|$)/.test(after)) faults.push({ line, fault: `has text after the closing quote of ${name}` });
    take(after.length);
  }
  return { values, names, faults };
}

/** A value as a settings file holds it: as it is, or in quotes where Compose would read something else. */
export function quoted(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value;
  return /['\\]/.test(value) ? `"${value.replace(/[\\"]/g, "\\$&").replaceAll("$", "$$$$")}"` : `'${value}'`;
}
