/** What the page shows, as its address says it. */
export type State = Readonly<{
  path: string;
  from: string;
  to: string;
  refresh: string | undefined;
  choice: Readonly<Record<string, readonly string[]>>;
  panel: string | undefined;
  /** The annotations whose switch a reader turned. */
  turned: readonly string[];
}>;

/** Reads an address; without a range both ends are empty, and the dashboard's own is taken. */
export function stateOf({ pathname, search }: Readonly<{ pathname: string; search: string }>): State {
  const parameters = new URLSearchParams(search);
  const names = [...new Set([...parameters.keys()].filter((key) => key.startsWith("var-")))];
  return {
    path: pathname,
    from: parameters.get("from") ?? "",
    to: parameters.get("to") ?? "",
    refresh: parameters.get("refresh") ?? undefined,
    choice: Object.fromEntries(names.map((name) => [name.slice(4), parameters.getAll(name)])),
    panel: parameters.get("viewPanel") ?? undefined,
    turned: parameters.getAll("annotation"),
  };
}

/** The range and the variables as parameters, which links between dashboards keep. */
export function parametersOf({ from, to, choice }: Pick<State, "from" | "to" | "choice">): URLSearchParams {
  const parameters = new URLSearchParams();
  if (from) parameters.set("from", from);
  if (to) parameters.set("to", to);
  for (const [name, values] of Object.entries(choice))
    for (const value of values) parameters.append(`var-${name}`, value);
  return parameters;
}

/** The address of a state. */
export function addressOf(state: State): string {
  const parameters = parametersOf(state);
  if (state.refresh !== undefined) parameters.set("refresh", state.refresh);
  if (state.panel !== undefined) parameters.set("viewPanel", state.panel);
  for (const name of state.turned) parameters.append("annotation", name);
  const text = parameters.toString();
  return text ? `${state.path}?${text}` : state.path;
}

let listener: () => void = () => {};
/** Calls back whenever the address changes. */
export const onChange = (then: () => void): void => {
  listener = then;
  addEventListener("popstate", then);
};
export const current = (): State => stateOf(location);

/** Goes to another state; `replace` leaves no step to go back to. */
export function go(change: Partial<State>, { replace = false } = {}): void {
  const address = addressOf({ ...current(), ...change });
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  listener();
}

/** Follows a link inside of the page. */
export function follow(address: string): void {
  history.pushState(null, "", address);
  listener();
}
