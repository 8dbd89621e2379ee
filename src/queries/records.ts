import { NO_ROOM, REFUSED_BY_LOKI } from "../core/record/rejects.ts";
import { type Column, columns, etats, INVALID, jobs, type LabelName, type NormalisedRecord } from "../schema.ts";
import type { Logs, Matcher } from "./ast.ts";
import * as logql from "./logql/logs.ts";

export const records = logql.equals("job", jobs.records);
export const isRun = logql.oneOf("etat", etats);

/** What the dashboards' variables choose: company, zone and source. */
export const chosenLabels = ["entreprise", "zone", "source"] as const satisfies readonly LabelName[];
export const selection: readonly Matcher<"variable">[] = chosenLabels.map(logql.chosen);
const selected = { scope: selection, mode: "variable" } as const;
const everywhere = { scope: [], mode: "literal" } as const;

/** The records of the values chosen in some variables; what the variables after them choose from. */
export const chosenRecords = (labels: readonly LabelName[]): Logs<"variable"> =>
  logql.logs({ scope: labels.map(logql.chosen), mode: "variable" }, [records]);

/** The columns of the tables of records, in the order of the screen. */
export const errorColumns: readonly Column[] = [columns.etat, columns.source, columns.objet, columns.description];
export const debugColumns: readonly Column[] = [
  columns.debut,
  columns.fin,
  columns.duree_s,
  columns.cpu_s,
  columns.memoire_octets,
  columns.etat,
  columns.source,
  columns.objet,
  columns.description,
];

/** The field of the tables that holds the line of what is no valid record. */
export const RAW = "ligne";

const fields = (shown: readonly Column[]) => {
  const parsed = shown.filter(({ kind }) => kind !== "label");
  return [logql.json(...parsed), logql.dropEmpty(...parsed), ...logql.lineOf(INVALID, RAW)];
};

/** Failed and INVALID records, newest first. */
export const lastErrors = (): Logs<"variable"> =>
  logql.logs(selected, [records, logql.oneOf("etat", ["FAILED", INVALID])], ...fields(errorColumns));

/** Every record that contains the text of the dashboard's text box, in the states chosen there. */
export const foundRecords = (textBox: string): Logs<"variable"> =>
  logql.logs(
    { scope: [...selection, logql.chosen("etat")], mode: "variable" },
    [records],
    ...logql.search(textBox),
    ...fields(debugColumns),
  );

/** Failures, as the dashboards' annotations. */
export const failureEvents = (): Logs<"variable"> =>
  logql.logs(selected, [records, logql.equals("etat", "FAILED")], logql.json(columns.objet, columns.description));

/** What was rejected because Loki has no room for a further stream, of any source, as the dashboards' annotations. */
export const refusedStreams = (): Logs<"literal"> =>
  logql.logs(
    everywhere,
    [logql.equals("job", jobs.rejects)],
    logql.rejectJson("reason", "input", "line"),
    logql.startsWith("reason", NO_ROOM.producer, REFUSED_BY_LOKI + NO_ROOM.loki),
  );

/** Every run, whole, for reports. */
export const allRuns = (): Logs<"literal"> => logql.logs(everywhere, [records, isRun]);

/** The successes of one object of a company and source. */
export const successesOf = ({
  entreprise,
  source,
  objet,
}: Pick<NormalisedRecord, "entreprise" | "source" | "objet">): Logs<"literal"> =>
  logql.logs(
    everywhere,
    [records, logql.equals("etat", "SUCCESS"), logql.equals("entreprise", entreprise), logql.equals("source", source)],
    logql.json(columns.objet),
    logql.same(columns.objet, objet),
  );
