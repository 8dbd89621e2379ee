import { NO_ROOM, REFUSED_BY_LOKI } from "../core/record/rejects.ts";
import { type Column, columns, etats, INVALID, jobs, type LabelName, type NormalisedRecord } from "../schema.ts";
import type { Logs, Matcher } from "./ast.ts";
import * as logql from "./logql.ts";

const records = logql.equals("job", jobs.records);

/** The dashboards' variables as matchers: company, zone and source. */
export const selection: readonly Matcher<"variable">[] = [
  logql.chosen("entreprise"),
  logql.chosen("zone"),
  logql.chosen("source"),
];

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
  logql.logs(
    { scope: selection, mode: "variable" },
    [records, logql.oneOf("etat", ["FAILED", INVALID])],
    ...fields(errorColumns),
  );

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
  logql.logs(
    { scope: selection, mode: "variable" },
    [records, logql.equals("etat", "FAILED")],
    logql.json(columns.objet, columns.description),
  );

/** What was rejected because Loki has no room for a further stream, of any source, as the dashboards' annotations. */
export const refusedStreams = (): Logs<"literal"> =>
  logql.logs(
    { scope: [], mode: "literal" },
    [logql.equals("job", jobs.rejects)],
    logql.rejectJson("reason", "input", "line"),
    logql.startsWith("reason", NO_ROOM.producer, REFUSED_BY_LOKI + NO_ROOM.loki),
  );

/** Every run, whole, for reports. */
export const allRuns = (): Logs<"literal"> =>
  logql.logs({ scope: [], mode: "literal" }, [records, logql.oneOf("etat", etats)]);

/** The successes of one object of a company and source. */
export const successesOf = ({
  entreprise,
  source,
  objet,
}: Pick<NormalisedRecord, "entreprise" | "source" | "objet">): Logs<"literal"> =>
  logql.logs(
    { scope: [], mode: "literal" },
    [records, logql.equals("etat", "SUCCESS"), logql.equals("entreprise", entreprise), logql.equals("source", source)],
    logql.json(columns.objet),
    logql.same(columns.objet, objet),
  );
