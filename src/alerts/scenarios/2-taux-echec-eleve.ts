import { burst, elsewhere, every, failed, invalid, once, run, unmeasured } from "./arrivals.ts";
import { everything, quiet, type Scenarios, silentOutage } from "./required.ts";

const pending = { [everything]: "pending" } as const;
const firing = { [everything]: "firing" } as const;
const runs = every("1m", run(), { to: "45m" });

/** Failed ÷ runs over 15 minutes above 2 %, for 15 minutes, all sources together. */
export const tauxEchecEleve: Scenarios<"2-taux-echec-eleve"> = {
  fires: {
    arrivals: [runs, every("10m", failed(), { to: "30m" })],
    expect: { "0m": pending, "14m": pending, "15m": firing, "30m": firing },
  },
  // 1 of 51 is 1.96 %.
  "just below": {
    arrivals: [every("5m", run(), { to: "25m" }), burst("5m", 48, run()), once("5m", failed())],
    expect: { "5m": quiet, "12m": quiet, "19m": quiet, "25m": quiet },
  },
  // 1 of 50 is 2 %, which is not above.
  "exactly at the threshold": {
    arrivals: [burst("5m", 49, run()), once("5m", failed())],
    expect: { "4m": quiet, "5m": quiet, "12m": quiet, "19m": quiet, "20m": quiet },
  },
  // 1 of 49 is 2.04 %.
  "just above": {
    arrivals: [burst("5m", 48, run()), once("5m", failed())],
    expect: { "4m": quiet, "5m": pending, "19m": pending, "20m": quiet },
  },
  "no runs at all": { arrivals: [], expect: { "0m": quiet, "20m": quiet } },
  "none failed": { arrivals: [runs], expect: { "0m": quiet, "20m": quiet, "40m": quiet } },
  "all failed": {
    arrivals: [every("5m", failed(), { to: "30m" })],
    expect: { "0m": pending, "14m": pending, "15m": firing, "30m": firing },
  },
  recovers: {
    arrivals: [runs, every("10m", failed(), { to: "30m" })],
    expect: { "15m": firing, "44m": firing, "45m": quiet },
  },
  "a single failure that must not fire": {
    arrivals: [runs, once("10m30s", failed())],
    expect: { "10m": quiet, "11m": pending, "25m": pending, "26m": quiet, "45m": quiet },
  },
  "a bad record among good ones": {
    // INVALID lines are no runs: they would make 1 of 49 less than 2 %.
    arrivals: [burst("5m", 48, run()), once("5m", failed()), burst("5m", 60, invalid())],
    expect: { "4m": quiet, "5m": pending, "19m": pending, "20m": quiet },
  },
  "a value missing or not a number": {
    arrivals: [every("1m", run(unmeasured), { to: "20m" }), every("10m", failed(), { to: "20m" })],
    expect: { "0m": pending, "14m": pending, "15m": firing },
  },
  "the word FAILED inside a SUCCESS description": {
    arrivals: [every("1m", run({ description: 'previous state was "etat":"FAILED"' }), { to: "20m" })],
    expect: { "1m": quiet, "16m": quiet, "20m": quiet },
  },
  "old runs that arrive now": {
    arrivals: [
      every("1m", run({ fin: "2025-09-05T16:45:27.089917Z" }), { to: "20m" }),
      every("10m", failed({ fin: "2025-09-05T16:45:27.089917Z" }), { to: "20m" }),
    ],
    expect: { "0m": pending, "15m": firing },
  },
  "one source of many carries the failures": {
    arrivals: [
      every("1m", run({ source: "PowerBI" }), { to: "30m" }),
      every("10m", failed({ source: "Efficy" }), { to: "30m" }),
    ],
    expect: { "0m": pending, "15m": firing },
  },
  "runs stop while it fires": {
    arrivals: [every("5m", run(), { to: "20m" }), every("5m", failed(), { to: "20m" })],
    expect: { "15m": firing, "34m": firing, "35m": quiet, "50m": quiet },
  },
  // 3 of 130 is 2.3 %; neither source alone, nor the number of sources, is above 2 %.
  "failures of two sources add up": {
    arrivals: [
      burst("5m", 60, run()),
      burst("5m", 2, failed()),
      burst("5m", 67, run({ source: "Efficy" })),
      once("5m", failed({ source: "Efficy" })),
    ],
    expect: { "4m": quiet, "5m": pending, "19m": pending, "20m": quiet },
  },
  // Counted, the other job's failures would make 2 of 51, its runs 1 of 60.
  "failures of another job": {
    arrivals: [burst("5m", 50, run()), once("5m", failed()), burst("5m", 3, elsewhere(failed()))],
    expect: { "5m": quiet, "12m": quiet },
  },
  "runs of another job": {
    arrivals: [burst("5m", 48, run()), once("5m", failed()), burst("5m", 9, elsewhere(run()))],
    expect: { "4m": quiet, "5m": pending, "19m": pending },
  },
  "Loki out of reach": silentOutage(runs),
  // 1 of 11 is 9 %; with the 60 runs before the window it would be 1.4 %.
  "runs before the window do not dilute": {
    arrivals: [burst("1m", 60, run()), burst("20m", 10, run()), once("20m", failed())],
    expect: { "19m": quiet, "20m": pending, "34m": pending, "35m": quiet },
  },
};
