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

/** A value in quotes, which may go over lines; the rest of a line. */
const QUOTED = /^(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")/s;
const LINE = /^[^\n]*\n?/;
const LONE_RETURN = "has a carriage return alone, which ends no line: write the file with line feeds";

/** Reads settings by Docker Compose's rules: a value means the same to both. Interpolation has `shell` first. */
export function parseEnvFile(source: string, shell: Variables = {}): EnvFile {
  let rest = source.replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
  const values: Record<string, string> = {};
  const names: { line: number; name: string }[] = [];
  const faults: { line: number; fault: string }[] = [];
  const lookup = (name: string) => shell[name] ?? values[name];
  let line = 1;
  const take = (text: string) => {
    line += text.split("\n").length - 1;
    rest = rest.slice(text.length);
  };
  const tell = (fault: string, at = line) => faults.push({ line: at, fault });
  const expanded = (text: string, at: number) => {
    // Compose stops at it.
    if (/(?<!\$)(?:\$\$)*\$\{(?![A-Za-z_]\w*(?::?[-+?][^{}]*)?\})/.test(text))
      tell('holds a "${" that is no variable: write $${, or put the value in single quotes', at);
    const way = "write $$ for a dollar sign, or put the value in single quotes";
    const unset = (name: string) => tell(`names the variable $${name}, which is not set: ${way}`, at);
    return interpolated(text, { lookup, unset });
  };
  while (rest !== "") {
    const [text] = LINE.exec(rest)!;
    const [head, name = ""] = ASSIGNMENT.exec(text) ?? [];
    if (head === undefined) {
      if (text.includes("\r")) tell(LONE_RETURN);
      else if (!/^\s*(#|$)/.test(text)) tell("is no NAME=value: write one, or begin it with #");
      take(text);
      continue;
    }
    const begun = line;
    names.push({ line, name });
    take(head);
    const [quoted, single, double] = QUOTED.exec(rest) ?? [];
    const [value] = LINE.exec(rest)!;
    if (quoted !== undefined) {
      const escapes = (all: string, letter: string) => ESCAPES[letter] ?? all;
      values[name] = single?.replaceAll("\\'", "'") ?? expanded(double!.replace(/\\(.)/gs, escapes), begun);
      take(quoted);
      const [after] = LINE.exec(rest)!;
      if (!/^\s*(#|$)/.test(after)) tell(`has text after the closing quote of ${name}: put it inside, or # before it`);
      take(after);
      continue;
    }
    if (/^['"]/.test(value)) tell(`opens a quote for ${name} that nothing closes: close it, or leave it out`);
    else {
      if (value.includes("\r")) tell(LONE_RETURN);
      values[name] = expanded(value.replace(/\s#.*/s, "").trim(), begun);
    }
    take(value);
  }
  return { values, names, faults };
}

/** A value as a settings file holds it: as it is, or in quotes where Compose would read something else. */
export function quoted(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value;
  return /['\\]/.test(value) ? `"${value.replace(/[\\"]/g, "\\$&").replaceAll("$", "$$$$")}"` : `'${value}'`;
}
