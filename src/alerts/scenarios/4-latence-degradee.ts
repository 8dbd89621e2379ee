import { elsewhere, every, failed, invalid, oddRun, once, run } from "./arrivals.ts";
import { quiet, type Scenarios, silentOutage } from "./required.ts";

const projects = { source: "EasyProjects", objet: "Timelogs" };
const slow = run({ ...projects, duree_s: 20 });
const pending = { EasyProjects: "pending" } as const;
const firing = { EasyProjects: "firing" } as const;

/** The 95th centile of the duration over 15 minutes above 10 s, for 5 minutes, per source. */
export const latenceDegradee: Scenarios<"4-latence-degradee"> = {
  fires: {
    arrivals: [every("1m", slow, { to: "20m" })],
    expect: { "0m": pending, "4m": pending, "5m": firing, "20m": firing },
  },
  "just below": {
    arrivals: [every("1m", run({ ...projects, duree_s: 9.999 }), { to: "20m" })],
    expect: { "0m": quiet, "10m": quiet, "20m": quiet },
  },
  "exactly at the threshold": {
    arrivals: [every("1m", run({ ...projects, duree_s: 10 }), { to: "20m" })],
    expect: { "0m": quiet, "10m": quiet, "20m": quiet },
  },
  "just above": {
    arrivals: [every("1m", run({ ...projects, duree_s: 10.001 }), { to: "20m" })],
    expect: { "0m": pending, "5m": firing },
  },
  "no runs at all": { arrivals: [], expect: { "0m": quiet, "20m": quiet } },
  recovers: {
    arrivals: [every("1m", slow, { to: "20m" }), every("1m", run(projects), { from: "21m", to: "40m" })],
    // Of 15 runs, two slow ones keep the centile at 20 s; a single one gives 7 s.
    expect: { "20m": firing, "33m": firing, "34m": quiet, "40m": quiet },
  },
  "runs stop while it fires": {
    arrivals: [every("1m", slow, { to: "10m" })],
    expect: { "10m": firing, "24m": firing, "25m": quiet },
  },
  "one slow run among many": {
    arrivals: [every("10s", run(projects), { to: "30m" }), once("10m5s", run({ ...projects, duree_s: 787 }))],
    expect: { "10m": quiet, "11m": quiet, "24m": quiet, "30m": quiet },
  },
  "a bad record among good ones": {
    arrivals: [
      every("1m", run(projects), { to: "20m" }),
      every("1m", invalid('{"duree_s":999}', projects), { to: "20m" }),
    ],
    expect: { "1m": quiet, "10m": quiet, "20m": quiet },
  },
  "a value missing or not a number": {
    arrivals: [
      every("1m", failed({ source: "PowerBI" }), { to: "20m" }),
      every("1m", oddRun({ source: "Efficy" }, { duree_s: "très longue" }), { to: "20m" }),
      every("1m", slow, { to: "20m" }),
      every("1m", oddRun(projects, { duree_s: "" }), { from: "30s", to: "20m" }),
      every("1m", run({ ...projects, duree_s: undefined }), { from: "40s", to: "20m" }),
    ],
    expect: { "0m": pending, "5m": firing, "20m": firing },
  },
  "old runs that arrive now": {
    arrivals: [every("1m", run({ ...projects, duree_s: 20, fin: "2025-09-05T16:45:27.089917Z" }), { to: "10m" })],
    expect: { "0m": pending, "5m": firing },
  },
  "each source for itself": {
    arrivals: [
      every("1m", slow, { to: "20m" }),
      every("1m", run({ source: "zohobooks", duree_s: 1 }), { to: "20m" }),
      every("1m", run({ source: "PowerBI", duree_s: 30 }), { from: "8m", to: "20m" }),
    ],
    expect: { "5m": firing, "8m": { ...firing, PowerBI: "pending" }, "13m": { ...firing, PowerBI: "firing" } },
  },
  "failed runs that were slow": {
    arrivals: [every("1m", failed({ ...projects, duree_s: 30 }), { to: "20m" })],
    expect: { "0m": pending, "5m": firing },
  },
  "lines of another job": {
    arrivals: [every("1m", elsewhere(slow), { to: "20m" })],
    expect: { "0m": quiet, "20m": quiet },
  },
  "Loki out of reach": silentOutage(every("1m", run(projects), { to: "20m" })),
};
