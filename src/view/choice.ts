/** What is chosen in each variable; `$__all` stands for everything. */
export type Choice = Readonly<Record<string, readonly string[]>>;
export const ALL = "$__all";

/** The choices that an address names, `var-NAME=VALUE` each; of several, what is empty is none. */
export const choiceIn = (parameters: URLSearchParams): Choice =>
  Object.fromEntries(
    [...parameters.keys()]
      .filter((key) => key.startsWith("var-"))
      .map((key) => [key.slice(4), parameters.getAll(key).filter((value, _, all) => value !== "" || all.length === 1)]),
  );
