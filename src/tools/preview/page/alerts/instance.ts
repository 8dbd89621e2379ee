import { moment } from "../../../../view/format.ts";
import type { ShownInstance, ShownRule } from "../../alerts/view.ts";
import type { Range } from "../api.ts";
import { el } from "../dom.ts";
import { measured } from "./measured.ts";
import { badge, NAMES, named } from "./names.ts";

type Stretch = ShownInstance["stretches"][number];
const inWords = ({ from, to, state }: Stretch) => `${NAMES[state]} du ${moment(from)} au ${moment(to)}`;

function timeline({ stretches }: ShownInstance, range: Range): HTMLElement {
  const share = (ms: number) => `${(ms / (range.to - range.from)) * 100}%`;
  const parts = stretches.map((stretch) => {
    const { from, to, state } = stretch;
    const style = `left:${share(from - range.from)};width:${share(to - from)}`;
    return el("span", { class: `stretch ${state}`, style, title: inWords(stretch) });
  });
  const notable = stretches.filter(({ state }) => state !== "Normal").map(inWords);
  const words = notable.join(" ; ") || "normal sur toute la période";
  return el("div", { class: "timeline", role: "img", "aria-label": words }, ...parts);
}

/** One instance of a rule: its state, its values and its timeline. */
export function instanceRow(rule: ShownRule, instance: ShownInstance, range: Range): HTMLElement {
  const { state, since, summary, stretches } = instance;
  const gone = () => `plus rien à mesurer depuis le ${moment(stretches.at(-1)!.to)}`;
  const name = named(instance);
  return el(
    "div",
    { class: "instance", "data-instance": name, "data-state": state },
    el(
      "div",
      { class: "instance-head" },
      el("strong", {}, name),
      badge(state),
      el("span", { class: "since" }, since === null ? gone() : `depuis le ${moment(since)}`),
    ),
    ...measured(rule, instance, range),
    timeline(instance, range),
    summary ? el("p", { class: "summary" }, summary) : null,
  );
}
