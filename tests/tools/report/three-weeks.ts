import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporary } from "../../support/temporary.ts";
import { fileOf, history } from "./month.ts";
import { type Made, report, rowsOf } from "./support.ts";

/** The tables, in the order of the report. */
export const names = [
  "synthese",
  "jours",
  "fiabilite",
  "causes",
  "non-retablis",
  "fraicheur",
  "silences",
  "performance",
];

async function ofRecords(now: string, period: readonly string[]): Promise<Made> {
  const { folder, remove } = temporary();
  const [from, to] = [Date.parse("2026-06-01T00:00:00Z"), Date.parse("2026-06-21T00:00:00Z")];
  const file = join(folder, "logs.json");
  writeFileSync(file, fileOf(history(from, to, { seed: 3, sparse: 9 })));
  try {
    return await report(now, ["--logs", file, ...period]);
  } finally {
    remove();
  }
}

/** The report of three weeks of runs. */
export const threeWeeks = () => ofRecords("2026-07-01T00:00:00Z", ["--from", "2026-06-01", "--to", "2026-06-21"]);
/** The report of a week without any. */
export const emptyWeek = () => ofRecords("2026-02-01T00:00:00Z", ["--from", "2026-01-01", "--to", "2026-01-08"]);

/** The CSV's rows as other forms have them: without the period's rows and without units of their own. */
export function shownRows({ files }: Made, name: string): string[][] {
  const [, ...rows] = rowsOf(files.get(`-${name}.csv`)!);
  if (name !== "synthese") return rows;
  const first = rows.findIndex(([title]) => title === "Exécutions");
  return rows.slice(first).map(([title, value, , ...rest]) => [title!, value!, ...rest]);
}
