/**
 * The same question asked without care: states by line filter, the whole line parsed, series grouped only at the end.
 */
export const naive = (expr: string): string =>
  expr
    .replace(/\{([^}]*)\}/g, (_, matchers: string) => {
      const kept = matchers.split(", ").filter((matcher) => !matcher.startsWith("etat"));
      const state = /etat="(\w+)"/.exec(matchers)?.[1];
      return `{${kept.join(", ")}}${state ? ` |= "${state}"` : ""}`;
    })
    .replace(/\| json [^|]*(\||$)/g, "| json $1")
    .replace(
      /(max|avg|quantile)_over_time\(([^[]*\[\w+\])\) by \((\w*)\)/g,
      (_, fn: string, inside: string, by: string) => {
        const outer = fn === "avg" ? "avg" : "max";
        return `${outer}${by && ` by (${by})`} (${fn}_over_time(${inside}))`;
      },
    );
