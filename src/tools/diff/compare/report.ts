import { sum } from "../../../core/numbers.ts";
import type { Entity, Kind } from "../model/model.ts";
import type { Detail } from "./detail.ts";

/** What happened to one thing; `note`: what it is when it came or went; `from` and `to`: it, as the files have it. */
export type Subject = Readonly<{
  kind: Kind;
  title: string;
  /** A second word where the title is not the thing's own; empty otherwise. */
  apart: string;
  id: string | undefined;
  status: "added" | "removed" | "changed";
  note: string;
  details: readonly Detail[];
  from: Entity | undefined;
  to: Entity | undefined;
  /** What the change does, where somebody evaluated it: one sentence each. */
  effects: readonly string[];
}>;

export type Section = Readonly<{
  title: string;
  /** A second word for a dashboard whose title is not its own; empty otherwise. */
  apart: string;
  kind: "dashboard" | "rules" | "notifications" | "provisioning" | "pipeline" | "files";
  subjects: readonly Subject[];
}>;
export type Report = readonly Section[];

/** How many changes a report has: each thing that came or went is one, and each difference of the others. */
export const countChanges = (report: Report): number =>
  sum(report.flatMap(({ subjects }) => subjects.map((one) => (one.status === "changed" ? one.details.length : 1))));
