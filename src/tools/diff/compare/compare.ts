import type { State } from "../model/model.ts";
import { compareDashboards } from "./dashboards.ts";
import { compareOthers } from "./others.ts";
import type { Report } from "./report.ts";

/** Says what changed from one state to the other; empty when nothing did. The same states give the same report. */
export const compareStates = (from: State, to: State): Report => [
  ...compareDashboards({ from, to }),
  ...compareOthers({ from, to }),
];
