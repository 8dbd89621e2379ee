import { burst, elsewhere, every, failed, invalid, once, run } from "./arrivals.ts";
import { quiet, type Scenarios, silentOutage } from "./required.ts";

const sharepoint = { source: "sharepoint_graph", objet: "EventFactureApplication" };
const runs = every("5m", run(sharepoint), { to: "30m" });
const firing = { sharepoint_graph: "firing" } as const;

/** At least 1 FAILED in the last 5 minutes, per source, at once. */
export const echecDetecte: Scenarios<"1-echec-detecte"> = {
  fires: {
    arrivals: [runs, burst("10m30s", 3, failed(sharepoint))],
    expect: { "10m": quiet, "11m": firing, "15m": firing },
  },
  "just below": { arrivals: [runs], expect: { "0m": quiet, "12m": quiet, "30m": quiet } },
  "exactly at the threshold": {
    arrivals: [runs, once("10m", failed(sharepoint))],
    expect: { "9m": quiet, "10m": firing, "14m": firing, "15m": quiet },
  },
  "no runs at all": { arrivals: [], expect: { "0m": quiet, "10m": quiet } },
  recovers: {
    arrivals: [runs, once("10m30s", failed(sharepoint))],
    expect: { "15m": firing, "16m": quiet, "30m": quiet },
  },
  "a bad record among good ones": {
    arrivals: [
      runs,
      every("1m", invalid(), { to: "20m" }),
      once("3m", invalid('{"etat":"FAILED"', sharepoint)),
      once("10m30s", failed(sharepoint)),
    ],
    expect: { "4m": quiet, "10m": quiet, "11m": firing },
  },
  "a value missing or not a number": {
    arrivals: [once("10m30s", failed({ ...sharepoint, duree_s: undefined, description: undefined }))],
    expect: { "10m": quiet, "11m": firing },
  },
  "the word FAILED inside a SUCCESS description": {
    arrivals: [every("1m", run({ description: 'previous state was "etat":"FAILED"' }), { to: "10m" })],
    expect: { "1m": quiet, "10m": quiet },
  },
  "old runs that arrive now": {
    arrivals: [
      once(
        "10m30s",
        failed({ ...sharepoint, debut: "2025-09-05T16:45:26.191702Z", fin: "2025-09-05T16:45:27.089917Z" }),
      ),
    ],
    expect: { "10m": quiet, "11m": firing, "16m": quiet },
  },
  "each source for itself": {
    arrivals: [once("10m30s", failed(sharepoint)), once("13m30s", failed({ source: "PowerBI" }))],
    // A series that vanished beside another one is resolved at the second evaluation without it.
    expect: {
      "11m": firing,
      "14m": { sharepoint_graph: "firing", PowerBI: "firing" },
      "16m": { sharepoint_graph: "firing", PowerBI: "firing" },
      "17m": { PowerBI: "firing" },
      "19m": quiet,
    },
  },
  "fails again before the window ended": {
    arrivals: [once("10m30s", failed(sharepoint)), once("14m30s", failed(sharepoint))],
    expect: { "11m": firing, "16m": firing, "19m": firing, "20m": quiet },
  },
  "fails again after the window": {
    arrivals: [once("10m30s", failed(sharepoint)), once("20m30s", failed(sharepoint))],
    expect: { "15m": firing, "16m": quiet, "20m": quiet, "21m": firing, "26m": quiet },
  },
  "lines of another job": {
    arrivals: [runs, once("10m", elsewhere(failed(sharepoint)))],
    expect: { "9m": quiet, "12m": quiet },
  },
  "Loki out of reach": silentOutage(runs),
};
