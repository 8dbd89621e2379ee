import { burst, elsewhere, every, failed, invalid, oddRun, once, run } from "./arrivals.ts";
import { quiet, type Scenarios, silentOutage } from "./required.ts";

const books = { source: "zohobooks", objet: "invoices" };
const runs = every("5m", run(books), { to: "40m" });
const pending = { zohobooks: "pending" } as const;
const firing = { zohobooks: "firing" } as const;

/** The largest memory over 15 minutes above 150 MB or the largest CPU time above 60 s, for 5 minutes, per source. */
export const surconsommationRessources: Scenarios<"5-surconsommation-ressources"> = {
  fires: {
    arrivals: [runs, every("5m", run({ ...books, memoire_octets: 177_000_000 }), { from: "10m", to: "40m" })],
    expect: { "9m": quiet, "10m": pending, "14m": pending, "15m": firing, "40m": firing },
  },
  "only memory": {
    arrivals: [runs, once("10m", run({ ...books, memoire_octets: 200_000_000, cpu_s: 1 }))],
    expect: { "9m": quiet, "10m": pending, "15m": firing, "24m": firing, "25m": quiet },
  },
  "only CPU": {
    arrivals: [runs, once("10m", run({ ...books, cpu_s: 61, memoire_octets: 1000 }))],
    expect: { "9m": quiet, "10m": pending, "15m": firing, "24m": firing, "25m": quiet },
  },
  both: {
    arrivals: [runs, once("10m", run({ ...books, cpu_s: 90, memoire_octets: 200_000_000 }))],
    expect: { "10m": pending, "15m": firing, "25m": quiet },
  },
  "just below": {
    arrivals: [every("1m", run({ ...books, memoire_octets: 149_999_999, cpu_s: 59.999 }), { to: "20m" })],
    expect: { "0m": quiet, "10m": quiet, "20m": quiet },
  },
  "exactly at the threshold": {
    arrivals: [every("1m", run({ ...books, memoire_octets: 150_000_000, cpu_s: 60 }), { to: "20m" })],
    expect: { "0m": quiet, "10m": quiet, "20m": quiet },
  },
  "no runs at all": { arrivals: [], expect: { "0m": quiet, "20m": quiet } },
  recovers: {
    arrivals: [runs, every("5m", run({ ...books, memoire_octets: 200_000_000 }), { to: "10m" })],
    expect: { "0m": pending, "5m": firing, "24m": firing, "25m": quiet, "40m": quiet },
  },
  "runs stop while it fires": {
    arrivals: [every("5m", run({ ...books, cpu_s: 90 }), { to: "10m" })],
    expect: { "5m": firing, "24m": firing, "25m": quiet },
  },
  "a bad record among good ones": {
    arrivals: [runs, every("1m", invalid('{"memoire_octets":999000000,"cpu_s":999}', books), { to: "20m" })],
    expect: { "1m": quiet, "20m": quiet },
  },
  "a value missing or not a number": {
    arrivals: [
      every("1m", run({ ...books, memoire_octets: undefined, cpu_s: 61 }), { to: "20m" }),
      every("1m", oddRun({ source: "Efficy", cpu_s: undefined }, { memoire_octets: "beaucoup" }), { to: "20m" }),
      every("1m", oddRun({ source: "zohocrm", memoire_octets: undefined }, { cpu_s: "lent" }), { to: "20m" }),
      every("1m", run({ source: "PowerBI", cpu_s: undefined, memoire_octets: 200_000_000 }), { to: "20m" }),
    ],
    expect: {
      "0m": { ...pending, PowerBI: "pending" },
      "5m": { ...firing, PowerBI: "firing" },
      "20m": { ...firing, PowerBI: "firing" },
    },
  },
  "old runs that arrive now": {
    arrivals: [every("1m", run({ ...books, cpu_s: 90, fin: "2025-09-05T16:45:27.089917Z" }), { to: "10m" })],
    expect: { "0m": pending, "5m": firing },
  },
  "a run that peaks is seen for the whole window": {
    arrivals: [once("10m", run({ ...books, cpu_s: 90 }))],
    expect: { "10m": pending, "15m": firing, "24m": firing, "25m": quiet },
  },
  "each source for itself": {
    arrivals: [
      every("1m", run({ ...books, cpu_s: 90 }), { to: "20m" }),
      every("1m", run({ source: "PowerBI" }), { to: "20m" }),
      every("1m", run({ source: "Efficy", memoire_octets: 160_000_000 }), { from: "8m", to: "20m" }),
    ],
    expect: { "5m": firing, "8m": { ...firing, Efficy: "pending" }, "13m": { ...firing, Efficy: "firing" } },
  },
  "just above": {
    arrivals: [
      every("1m", run({ ...books, memoire_octets: 150_000_001 }), { to: "20m" }),
      every("1m", run({ source: "Efficy", cpu_s: 60.001 }), { to: "20m" }),
    ],
    expect: { "0m": { ...pending, Efficy: "pending" }, "5m": { ...firing, Efficy: "firing" } },
  },
  "a peak without the other measure is seen for the whole window": {
    arrivals: [
      once("0m", run({ ...books, cpu_s: 90, memoire_octets: undefined })),
      once("0m", run({ source: "Efficy", cpu_s: undefined, memoire_octets: 200_000_000 })),
    ],
    expect: { "5m": { ...firing, Efficy: "firing" }, "14m": { ...firing, Efficy: "firing" }, "15m": quiet },
  },
  "failed runs that were heavy": {
    arrivals: [
      every("1m", failed({ ...books, cpu_s: 90 }), { to: "10m" }),
      every("1m", failed({ source: "Efficy", memoire_octets: 200_000_000 }), { to: "10m" }),
    ],
    expect: { "0m": { ...pending, Efficy: "pending" }, "5m": { ...firing, Efficy: "firing" } },
  },
  // The runs themselves, were they counted as seconds, would be above 60.
  "many runs without measures": {
    arrivals: [burst("5m", 70, run({ ...books, cpu_s: undefined, memoire_octets: undefined }))],
    expect: { "5m": quiet, "12m": quiet },
  },
  "lines of another job": {
    arrivals: [runs, every("1m", elsewhere(run({ ...books, cpu_s: 90, memoire_octets: 200_000_000 })), { to: "20m" })],
    expect: { "0m": quiet, "20m": quiet },
  },
  "Loki out of reach": silentOutage(runs),
};
