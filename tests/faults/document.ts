import type { Row } from "./run.ts";
export function writeDocument(_rows: readonly Row[], _about: { records: number; date: Date }): string {
  return "docs/faults.md";
}
