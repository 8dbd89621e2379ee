import type { Report, Subject } from "../compare/report.ts";
import type { State } from "../model/model.ts";

type States = Readonly<{ from: State; to: State }>;
/** Evaluates what a changed rule or panel does differently: one sentence each, empty when it does not. */
export type Evaluate = (subject: Subject, states: States) => Promise<readonly string[]>;

/** The report on these states with what its changes do, one subject after the other. */
export async function withEffects(report: Report, states: States, evaluate: Evaluate): Promise<Report> {
  const sections = [];
  for (const section of report) {
    const subjects = [];
    for (const subject of section.subjects) subjects.push({ ...subject, effects: await evaluate(subject, states) });
    sections.push({ ...section, subjects });
  }
  return sections;
}
