/**
 * What must become of a numbered message: shown as a run, kept as INVALID, refused with a reason, or either of the
 * first and the last.
 */
type Fate = "run" | "invalid" | "reject" | "run or reject";
/** Numbers from `first`, `count` of them, that share a fate. */
export type Range = Readonly<{ first: number; count: number; fate: Fate }>;

const DIGITS = 7;
const MARK = new RegExp(`n(\\d{${DIGITS}})\\b`);
const mark = (number: number) => `n${String(number).padStart(DIGITS, "0")}`;

/** The number of a line, whatever it stands in: a record, a broken one, a reject; nothing when it has none. */
export function numberOf(text: string): number | undefined {
  const digits = MARK.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Enough sources for every one of the three partitions to hold some. */
const sources = ["zohoprojects", "zohobooks", "PowerBI", "Efficy", "sharepoint_graph", "EasyProjects"] as const;
const objects = ["projects", "timesheets", "contacts", "reports"] as const;
const FAILED_EVERY = 100;
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;
const local = (ms: number) => new Date(ms).toISOString().replace(/^(\d{4})-(\d\d)-(\d\d)T(.*)Z$/, "$3-$2-$1 $4000");

/** A record as a connector writes it, one line of `logs.json`. */
export function rawRecord(number: number, fin: number, description = "Tout roule, pas de stress!"): string {
  const failed = number % FAILED_EVERY === 0;
  return JSON.stringify({
    No_Sequence: "2025-09-05-16-45",
    Date_Sequence: "2025-09-05",
    Heure_Sequence: "16",
    Minute_Sequence: "45",
    Entreprise: "akonovia",
    Zone: "1-Raw",
    Source: pick(sources, number),
    Objet_Id: 1995,
    Objet: pick(objects, Math.floor(number / sources.length)),
    Transformation: "API_get_data",
    Parametres: mark(number),
    Etat: failed ? "FAILED" : "SUCCESS",
    Debut: local(fin - 900),
    Fin: local(fin),
    ...(failed ? {} : { "Duree secondes": 0.9, "cpu_time (sec)": "0.09", "memory_used (bytes)": 5_517_312 }),
    Description: failed ? "HTTP 503" : description,
  });
}

/** A record as it stands in Kafka, put there without the producer. */
export const normalisedRecord = (number: number, description = "mis par un autre producteur") =>
  JSON.stringify({
    etat: "SUCCESS",
    source: pick(sources, number),
    entreprise: "akonovia",
    zone: "1-Raw",
    objet: "contacts",
    parametres: mark(number),
    fin: "2025-09-05T16:45:27.000000Z",
    description,
  });

const broken: readonly ((number: number, good: string) => string)[] = [
  (number, good) => good.slice(0, good.indexOf(mark(number)) + DIGITS + 1),
  (number) => `ceci n'est pas du JSON ${mark(number)}`,
  (_, good) => good.replace(/"Etat":"\w+"/, '"Etat":"DONE"'),
  (_, good) => good.replace(/"Source":"\w+",/, ""),
  (_, good) => good.replace(/"Fin":"[^"]+"/, '"Fin":"31-02-2025 10:00:00"'),
  (number) => `["${mark(number)}"]`,
];
/** A line that is no valid record; every hundredth is one, each bad in the next way. */
export const badLine = (number: number, fin: number) =>
  pick(broken, Math.floor(number / 100))(number, rawRecord(number, fin));

const brokenMessages: readonly ((number: number) => string)[] = [
  (number) => `not json ${mark(number)}`,
  (number) => normalisedRecord(number).replace('"etat":"SUCCESS"', '"etat":"WEIRD"'),
  (number) => normalisedRecord(number).replace(/"source":"\w+",/, ""),
  (number) => `["${mark(number)}"]`,
  (number) => normalisedRecord(number).slice(0, -5),
];
/** A message that is no valid record, put into Kafka without the producer. */
export const badMessage = (number: number) => pick(brokenMessages, number)(number);

export type Line = (number: number) => string;
/** The bytes of an object whose line at `number` is the good record, unless `other` has another for it. */
export function objectOf(count: number, other: ReadonlyMap<number, string> = new Map()): Buffer {
  const start = Date.now() - count;
  const lines = Array.from({ length: count }, (_, number) => other.get(number) ?? rawRecord(number, start + number));
  return Buffer.from(`${lines.join("\n")}\n`);
}
