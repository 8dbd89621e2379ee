import { type Choice, choiceIn } from "../../../view/choice.ts";

/** What the page shows, as its address says it. */
type State = Readonly<{
  path: string;
  from: string;
  to: string;
  refresh: string | undefined;
  choice: Choice;
  panel: string | undefined;
  /** The annotations whose switch a reader turned. */
  turned: readonly string[];
}>;

/** What the address says; without a range both ends are empty, and the dashboard's own is taken. */
export function current(): State {
  const parameters = new URLSearchParams(location.search);
  return {
    path: location.pathname,
    from: parameters.get("from") ?? "",
    to: parameters.get("to") ?? "",
    refresh: parameters.get("refresh") ?? undefined,
    choice: choiceIn(parameters),
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

function addressOf(state: State): string {
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

/** Goes to another state; `replace` leaves no step to go back to. */
export function go(change: Partial<State>, { replace = false } = {}): void {
  follow(addressOf({ ...current(), ...change }), { replace });
}

/** Follows a link inside of the page. */
export function follow(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  listener();
}
