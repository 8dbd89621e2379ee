import type { Stream } from "../../../src/alerting/store.ts";

/** A record as the report's tests know it: what Loki stores, and when (ms). */
export type Run = {
  at: number;
  etat: "SUCCESS" | "FAILED";
  source: string;
  entreprise: string;
  zone: string;
  objet: string;
  fin: string;
  duree_s?: number | string;
  cpu_s?: number;
  memoire_octets?: number;
  description?: string;
  retablissement_s?: number;
  /** Which of the causes below it tells; not part of the line. */
  cause?: number;
};
export type History = { runs: Run[]; invalid: { at: number; line: string }[] };

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How often a source runs (minutes), fails (share) and pauses (times in the whole history), and what its runs take. */
type Habit = readonly [
  source: string,
  every: number,
  fails: number,
  slow: number,
  memory: number,
  pauses: number,
  ...objects: string[],
];
const habits: readonly Habit[] = [
  ["zohoprojects", 14, 0.004, 1, 6e6, 0, "projects", "tasks", "users"],
  ["zohobooks", 16, 0.011, 2, 9e6, 3, "invoices", "bills"],
  ["zohocrm", 21, 0.002, 1.5, 12e6, 1, "contacts", "deals"],
  ["PowerBI", 24, 0.031, 6, 48e6, 6, "datasets", "reports"],
  ["Efficy", 18, 0.007, 3, 31e6, 2, "companies", "actions | rappels"],
  ["sharepoint_graph", 19, 0.019, 4, 22e6, 4, "EventFactureApplication", "Sites"],
  ["EasyProjects", 33, 0.006, 40, 120e6, 9, "Timelogs"],
  ["salesforce <b>", 47, 0.05, 2, 4e6, 5, "=leads", "@accounts"],
  ["ancienne", 2900, 0.2, 9, 4e6, 0, "reprise"],
];

const causes: ((next: () => number) => string | undefined)[] = [
  (next) => `HTTP 503 Service Unavailable (request ${Math.floor(next() * 1e9).toString()})`,
  (next) => `HTTP 429 Too Many Requests, retry after ${(next() * 60).toFixed(3)} s`,
  () => "Token expiré | veuillez vous reconnecter",
  () => '<script>alert("x")</script> & <img src=x onerror=alert(1)>',
  () => 'Traceback (most recent call last):\n  File "job.py", line 12\nValueError: colonne « montant » absente\n\n',
  (next) =>
    `Connexion refusée par 10.0.0.${Math.floor(next() * 200)} le 2026-10-${String(1 + Math.floor(next() * 28)).padStart(2, "0")}T0${Math.floor(next() * 9)}:00:00Z`,
  () => `=HYPERLINK("http://exemple.test";"cliquez")`,
  () => `Réponse trop longue : ${"très ".repeat(400)}longue`,
  () => undefined,
];

const iso = (ms: number, micros: number) =>
  `${new Date(ms).toISOString().slice(0, 23)}${String(micros).padStart(3, "0")}Z`;

/**
 * Runs of nine sources and two companies from one moment to before another, with failures, repairs, silences, missing
 * and odd measures, and INVALID lines; `sparse` times fewer.
 */
export function history(from: number, to: number, { seed = 20_261_001, sparse = 1 } = {}): History {
  const next = random(seed);
  const runs: Run[] = [];
  const pausesOf = new Map(
    habits.map(([source, , , , , pauses]) => [
      source,
      Array.from({ length: pauses }, () => {
        const start = from + next() * (to - from);
        return [start, start + (70 + next() * 400) * MINUTE] as const;
      }),
    ]),
  );
  for (const entreprise of ["akonovia", "boréal"])
    for (const [source, often, fails, slow, memory, , ...objects] of habits) {
      const every = often * sparse;
      const days = (to - from) / DAY;
      const silent = pausesOf.get(source)!;
      const count = Math.round((days * 1440) / every);
      for (let index = 0; index < count; index++) {
        const at = Math.floor(from + (index + 0.05 + 0.9 * next()) * every * MINUTE);
        const [objet] = [objects[Math.floor(next() * objects.length)]!];
        const failed = next() < fails;
        const measures = next();
        const [duration, cpu, bytes] = [
          slow * (0.2 + next() ** 4 * 8),
          next() ** 3 * slow * 2,
          Math.floor(memory * (0.3 + next() * 1.4)),
        ];
        const which = Math.floor(next() * causes.length);
        const cause = causes[which]!(next);
        if (at >= to || silent.some(([start, end]) => at > start && at < end)) continue;
        runs.push({
          at,
          etat: failed ? "FAILED" : "SUCCESS",
          source,
          entreprise,
          zone: next() < 0.9 ? "1-Raw" : "2-Silver",
          objet,
          // In steps of which no mean ends in half of the ninth decimal, which rounds either way.
          fin: iso(at, 40 * Math.floor(next() * 25)),
          ...(failed || measures < 0.03
            ? {}
            : measures < 0.04
              ? { duree_s: "lent" }
              : { duree_s: Number(duration.toFixed(6)), cpu_s: Number(cpu.toFixed(2)), memoire_octets: bytes }),
          ...(failed
            ? { cause: which, ...(cause !== undefined && { description: cause }) }
            : { description: "Tout roule, pas de stress!" }),
        });
      }
    }
  // An object that never succeeds, and runs at the very moments where days, and the history, begin and end.
  for (const at of [from + 3 * DAY, from + 4 * DAY, from + 5 * DAY])
    runs.push({
      at,
      etat: "FAILED",
      source: "Efficy",
      entreprise: "boréal",
      zone: "1-Raw",
      objet: "abandonné",
      fin: iso(at, 0),
      cause: 2,
      description: "Token expiré | veuillez vous reconnecter",
    });
  for (const at of new Set([from, from + 15 * DAY, from + 20 * DAY - 1, to - 1]))
    runs.push({ ...runs.find(({ etat }) => etat === "SUCCESS")!, at, fin: iso(at, 0), duree_s: 0.5 });
  runs.sort((a, b) => a.at - b.at || (a.fin < b.fin ? -1 : 1));
  const micros = ({ fin }: Run) => Date.parse(fin) * 1000 + Number(fin.slice(23, 26));
  const open = new Map<string, number>();
  for (const run of runs) {
    const key = JSON.stringify([run.entreprise, run.source, run.objet]);
    if (run.etat === "FAILED") open.set(key, open.get(key) ?? micros(run));
    else if (open.has(key)) {
      run.retablissement_s = (micros(run) - open.get(key)!) / 1e6;
      open.delete(key);
    }
  }
  const invalid = Array.from({ length: 23 }, (_, index) => ({
    at: Math.floor(from + next() * (to - from)),
    line: `illisible ${index} {"duree_s": 9e9`,
  }));
  return { runs, invalid };
}

const lineOf = ({ at: _, cause: __, ...run }: Run, lot: string) => {
  const { etat, source, entreprise, zone, objet, fin, ...rest } = run;
  return JSON.stringify({ etat, source, entreprise, zone, objet, sequence: "2026", fin, ...rest, lot });
};

/** The history as Loki's streams: one a day, as the producer names them in event mode. */
export function streamsOf({ runs, invalid }: History): Stream[] {
  const lot = (at: number) => `histoire-${new Date(at).toISOString().slice(0, 10)}`;
  return [
    ...runs.map((run): Stream => {
      const { at, etat, source, entreprise, zone } = run;
      return {
        labels: { job: "kafka-logs", etat, source, entreprise, zone, lot: lot(at) },
        entries: [[at / 1000, lineOf(run, lot(at))]],
      };
    }),
    ...invalid.map(
      ({ at, line }): Stream => ({
        labels: { job: "kafka-logs", etat: "INVALID", lot: lot(at) },
        entries: [[at / 1000, line]],
      }),
    ),
    ...invalid.map(
      ({ at, line }): Stream => ({
        labels: { job: "kafka-rejets", etat: "FAILED", source: "Efficy", lot: lot(at) },
        entries: [[at / 1000, line]],
      }),
    ),
  ];
}

/** The history as connectors write it, times in UTC; what is INVALID in Loki is a line that is no record. */
export function fileOf({ runs, invalid }: History): string {
  const records = runs.map((run) => ({
    at: run.at,
    line: JSON.stringify({
      No_Sequence: "2026",
      Entreprise: run.entreprise,
      Zone: run.zone,
      Source: run.source,
      Objet: run.objet,
      Etat: run.etat,
      Fin: run.fin.replace(/^(\d+)-(\d+)-(\d+)T(.*)Z$/, "$3-$2-$1 $4"),
      "Duree secondes": run.duree_s,
      Description: run.description,
      "cpu_time (sec)": run.cpu_s === undefined ? undefined : `${run.cpu_s}`,
      "memory_used (bytes)": run.memoire_octets,
    }),
  }));
  const all = [...records, ...invalid].sort((a, b) => a.at - b.at);
  return all.map(({ line }) => `${line}\n`).join("");
}
