import { HOUR_MS } from "../core/spans.ts";
import { noise, normal } from "./noise.ts";

/** A connector as it usually runs: how long (s), with how much CPU time (s) and memory (MB). */
type Connector = Readonly<{
  source: string;
  objects: readonly string[];
  seconds: number;
  cpu: number;
  megabytes: number;
}>;

const connectors: readonly Connector[] = [
  { source: "zohoprojects", objects: ["projects", "tasks", "milestones"], seconds: 2.4, cpu: 0.4, megabytes: 38 },
  { source: "zohobooks", objects: ["invoices", "bills", "contacts"], seconds: 2, cpu: 0.6, megabytes: 45 },
  { source: "zohocrm", objects: ["Deals", "Accounts"], seconds: 1.6, cpu: 0.3, megabytes: 24 },
  { source: "PowerBI", objects: ["datasets", "reports"], seconds: 4, cpu: 1.2, megabytes: 60 },
  { source: "Efficy", objects: ["Companies", "Actions"], seconds: 3, cpu: 1.5, megabytes: 34 },
  {
    source: "sharepoint_graph",
    objects: ["EventFacture", "SuiviProjets", "EventFactureApplication"],
    seconds: 2.2,
    cpu: 0.3,
    megabytes: 14,
  },
  { source: "EasyProjects", objects: ["Projects", "Users", "Timelogs"], seconds: 3.4, cpu: 1, megabytes: 52 },
];

/** What happens to a source (or an object of it), from so many hours before now to so many. */
type Episode = Readonly<{
  source?: string;
  object?: string;
  hours: readonly [from: number, to: number];
  silent?: true;
  fails?: number;
  slower?: number;
  cpu?: number;
  memory?: number;
}>;

const episodes: readonly Episode[] = [
  { source: "PowerBI", object: "datasets", hours: [148, 145], fails: 1 },
  { hours: [122, 119.5], silent: true },
  { source: "zohoprojects", hours: [98, 96.5], slower: 6 },
  { source: "Efficy", hours: [75, 70], silent: true },
  { source: "zohocrm", hours: [52, 51], fails: 0.7 },
  { source: "zohobooks", hours: [47, 44], memory: 5 },
  { source: "EasyProjects", object: "Timelogs", hours: [30, 26], slower: 9 },
  { source: "sharepoint_graph", hours: [20, 17.5], fails: 0.6 },
  { source: "Efficy", hours: [9, 8], cpu: 55 },
  { source: "zohocrm", hours: [2.6, 0.4], silent: true },
  { source: "PowerBI", hours: [1.2, -0.5], slower: 5 },
  { source: "zohobooks", object: "invoices", hours: [0.9, -0.4], fails: 1 },
];

const QUARTER = 900_000;
const USUAL_FAILURES = 0.002;
const TROUBLES = [
  "504 Server Error: Gateway Time-out",
  "401 Client Error: Unauthorized",
  "429 Too Many Requests",
  "Connection reset by peer",
];

type Run = Readonly<{ connector: Connector; object: string; slot: number; start: number }>;

function effect({ connector: { source }, object, start }: Run, now: number) {
  const hours = (now - start) / HOUR_MS;
  const here = episodes
    .filter((one) => (one.source ?? source) === source && (one.object ?? object) === object)
    .filter(({ hours: [from, to] }) => hours <= from && hours > to);
  const factor = (name: "slower" | "cpu" | "memory") => here.reduce((product, one) => product * (one[name] ?? 1), 1);
  return {
    silent: here.some(({ silent }) => silent),
    fails: Math.max(USUAL_FAILURES, ...here.map(({ fails }) => fails ?? 0)),
    slower: factor("slower"),
    cpu: factor("cpu"),
    memory: factor("memory"),
  };
}

/** `DD-MM-YYYY HH:mm:ss.ffffff`, in UTC. */
const written = (ms: number) => {
  const [day, time] = new Date(ms).toISOString().slice(0, 23).split("T") as [string, string];
  return `${day.split("-").reverse().join("-")} ${time}000`;
};

/** One run as a connector writes it into `logs.json`; undefined in a silence. */
function record(run: Run, now: number): Readonly<{ fin: number; line: string }> | undefined {
  const { connector, object, slot, start } = run;
  const { silent, fails, slower, cpu, memory } = effect(run, now);
  if (silent) return undefined;
  const of = (what: string) => `${connector.source}/${object}/${slot}/${what}`;
  const failed = noise(of("fails")) < fails;
  const seconds = Math.round(connector.seconds * slower * Math.exp(0.35 * normal(of("seconds"))) * 1e6) / 1e6;
  const fin = start + Math.ceil(seconds * 1000);
  const [day, time] = new Date(start).toISOString().split("T") as [string, string];
  const [hour, minute] = time.split(":");
  const measures = {
    "Duree secondes": seconds,
    "cpu_time (sec)": (connector.cpu * cpu * Math.exp(0.3 * normal(of("cpu")))).toFixed(2),
    "memory_used (bytes)": Math.round(connector.megabytes * memory * 1e6 * Math.exp(0.2 * normal(of("memory")))),
  };
  const line = JSON.stringify({
    No_Sequence: `${day}-${hour}-${minute}`,
    Date_Sequence: day,
    Heure_Sequence: hour,
    Minute_Sequence: minute,
    Entreprise: "akonovia",
    Zone: "1-Raw",
    Source: connector.source,
    Objet_Id: 1000 + connectors.indexOf(connector) * 10 + connector.objects.indexOf(object),
    Objet: object,
    Transformation: `${connector.source}_get_data`,
    Parametres: `/${connector.source}/${object}?depuis=${day}`,
    Etat: failed ? "FAILED" : "SUCCESS",
    Debut: written(start),
    Fin: written(fin),
    Description: failed ? TROUBLES[Math.floor(noise(of("trouble")) * TROUBLES.length)] : "Tout roule, pas de stress!",
    ...(!failed && measures),
  });
  return { fin, line };
}

const DAYS_BEFORE = 8;
const DAYS_AFTER = 1;

/**
 * A made-up week before `now` (ms) and the day after, as lines of a `logs.json` in UTC, oldest first: seven sources,
 * two or three objects each, a run every 15 minutes, with failures, silences, slow and greedy runs.
 * The same `now` gives the same lines.
 */
export function madeUpWeek(now: number): readonly string[] {
  const first = Math.floor((now - DAYS_BEFORE * 24 * HOUR_MS) / QUARTER);
  const last = Math.floor((now + DAYS_AFTER * 24 * HOUR_MS) / QUARTER);
  const runs = Array.from({ length: last - first }, (_, index) => first + index).flatMap((slot) =>
    connectors.flatMap((connector, place) =>
      connector.objects.flatMap((object, index) => {
        const late = Math.floor(noise(`${connector.source}/${object}/${slot}`) * 30_000);
        const start = slot * QUARTER + place * 47_000 + index * 61_000 + late;
        return record({ connector, object, slot, start }, now) ?? [];
      }),
    ),
  );
  return runs.toSorted((a, b) => a.fin - b.fin).map(({ line }) => line);
}
