import type { Arrivals } from "../../alerting/scenario.ts";
import type { Config } from "../../core/config/schema.ts";
import { hours } from "../../core/units.ts";
import { elsewhere, every, failed, invalid, once, run, unmeasured } from "./arrivals.ts";
import { everything, quiet, type Scenarios } from "./required.ts";

/** Each of the sources every 30 minutes, since two hours before the first evaluation. */
const running = (sources: readonly string[], to: string): Arrivals[] =>
  sources.map((source) => every("30m", run({ source }), { from: "-2h", to }));
const powerBi = { PowerBI: "firing" } as const;

/**
 * No run for 75 minutes (or the source's own maximum), per expected source, per other source of the last 24 hours, and
 * of everything.
 */
export function sourceMuette(config: Config): Scenarios<"3-source-muette"> {
  const expected = config.sources.expected.map(({ source }) => source);
  const others = (...silent: string[]) => expected.filter((source) => !silent.includes(source));
  const allFiring = Object.fromEntries([everything, ...expected].map((source) => [source, "firing" as const]));
  return {
    fires: {
      arrivals: [...running(others("PowerBI"), "3h"), ...running(["PowerBI"], "0m")],
      expect: { "0m": quiet, "70m": quiet, "75m": powerBi, "3h": powerBi },
    },
    "just below": {
      arrivals: [...running(others("PowerBI"), "3h"), once("1s", run({ source: "PowerBI" }))],
      expect: { "5m": quiet, "75m": quiet, "80m": powerBi },
    },
    "exactly at the threshold": {
      arrivals: [...running(others("PowerBI"), "3h"), once("0m", run({ source: "PowerBI" }))],
      expect: { "0m": quiet, "70m": quiet, "75m": powerBi },
    },
    "no runs at all": { arrivals: [], expect: { "0m": allFiring, "3h": allFiring } },
    "one source silent": {
      arrivals: [...running(others("Efficy"), "3h")],
      expect: { "0m": { Efficy: "firing" }, "3h": { Efficy: "firing" } },
    },
    "all silent": {
      arrivals: running(expected, "0m"),
      expect: { "0m": quiet, "70m": quiet, "75m": allFiring, "3h": allFiring },
    },
    "silent for longer than 24 h": {
      arrivals: [...running(others("PowerBI"), "26h"), ...running(["PowerBI"], "0m")],
      expect: { "70m": quiet, "75m": powerBi, "23h55m": powerBi, "24h": powerBi, "26h": powerBi },
    },
    "a new source": {
      arrivals: [...running(expected, "3h"), every("30m", run({ source: "Salesforce" }), { from: "1h", to: "3h" })],
      expect: { "0m": quiet, "1h": quiet, "3h": quiet },
    },
    "a new source falls silent and is forgotten after 24 h": {
      arrivals: [...running(expected, "26h"), every("30m", run({ source: "Salesforce" }), { to: "1h" })],
      expect: { "2h10m": quiet, "2h15m": { Salesforce: "firing" }, "24h55m": { Salesforce: "firing" }, "25h": quiet },
    },
    "a source that comes back": {
      arrivals: [
        ...running(others("PowerBI"), "4h"),
        ...running(["PowerBI"], "0m"),
        every("30m", run({ source: "PowerBI" }), { from: "2h", to: "4h" }),
      ],
      expect: { "75m": powerBi, "1h55m": powerBi, "2h": quiet, "4h": quiet },
    },
    "a source that comes back while another is silent": {
      arrivals: [
        ...running(others("PowerBI", "Efficy"), "4h"),
        ...running(["PowerBI"], "0m"),
        every("30m", run({ source: "PowerBI" }), { from: "2h", to: "4h" }),
      ],
      // Beside another series, the one that vanished is resolved at the second evaluation without it.
      expect: {
        "1h55m": { ...powerBi, Efficy: "firing" },
        "2h": { ...powerBi, Efficy: "firing" },
        "2h5m": { Efficy: "firing" },
        "4h": { Efficy: "firing" },
      },
    },
    recovers: {
      arrivals: [
        ...running(expected, "0m"),
        ...expected.map((source) => every("30m", run({ source }), { from: "2h", to: "3h" })),
      ],
      expect: { "75m": allFiring, "1h55m": allFiring, "2h": quiet, "3h": quiet },
    },
    "a retired source": {
      config: { ...config, sources: { ...config.sources, retired: ["AncienERP"] } },
      arrivals: [...running(expected, "4h"), ...running(["AncienERP"], "0m")],
      expect: { "0m": quiet, "75m": quiet, "4h": quiet },
    },
    "a source with its own maximum silence": {
      config: {
        ...config,
        sources: {
          ...config.sources,
          expected: [...config.sources.expected, { source: "Paie", maxSilence: hours(26) }],
        },
      },
      arrivals: [...running(expected, "27h"), once("0m", run({ source: "Paie" }))],
      expect: { "75m": quiet, "25h55m": quiet, "26h": { Paie: "firing" }, "27h": { Paie: "firing" } },
    },
    "only INVALID lines arriving": {
      arrivals: [
        every("5m", invalid(), { from: "-2h", to: "2h" }),
        ...expected.map((source) => every("30m", invalid("{}", { source }), { from: "-2h", to: "2h" })),
      ],
      expect: { "0m": allFiring, "2h": allFiring },
    },
    "a bad record among good ones": {
      arrivals: [
        ...running(others("PowerBI"), "3h"),
        ...running(["PowerBI"], "0m"),
        every("30m", invalid('{"source":"PowerBI"}', { source: "PowerBI" }), { to: "3h" }),
        once("0m", invalid("{}", { source: "Inconnue" })),
      ],
      expect: { "70m": quiet, "75m": powerBi, "3h": powerBi },
    },
    "a value missing or not a number": {
      arrivals: expected.map((source) => every("30m", run({ source, ...unmeasured }), { from: "-2h", to: "2h" })),
      expect: { "0m": quiet, "2h": quiet },
    },
    "failed runs are runs": {
      arrivals: expected.map((source) => every("30m", failed({ source }), { from: "-2h", to: "2h" })),
      expect: { "0m": quiet, "2h": quiet },
    },
    "old runs that arrive now": {
      arrivals: [
        ...running(others("PowerBI"), "3h"),
        once("1h", run({ source: "PowerBI", fin: "2025-09-05T16:45:27.089917Z" })),
      ],
      expect: { "55m": powerBi, "1h": quiet, "2h10m": quiet, "2h15m": powerBi },
    },
    "Loki out of reach": {
      arrivals: running(expected, "2h"),
      outage: { from: "30m", to: "1h" },
      expect: { "25m": quiet, "30m": { "Loki/A": "error" }, "55m": { "Loki/A": "error" }, "1h": quiet, "2h": quiet },
    },
    "lines of another job are no runs": {
      arrivals: expected.map((source) => every("30m", elsewhere(run({ source })), { from: "-2h", to: "2h" })),
      expect: { "0m": allFiring, "2h": allFiring },
    },
    "a source that only another job knows": {
      arrivals: [...running(expected, "2h"), once("-2h", elsewhere(run({ source: "Salesforce" })))],
      expect: { "0m": quiet, "2h": quiet },
    },
    "a new source is silent whatever else bears its name": {
      arrivals: [
        ...running(expected, "2h"),
        once("-2h", run({ source: "Salesforce" })),
        every("30m", elsewhere(run({ source: "Salesforce" })), { to: "2h" }),
        every("30m", invalid("{}", { source: "Salesforce" }), { to: "2h" }),
      ],
      expect: { "0m": { Salesforce: "firing" }, "2h": { Salesforce: "firing" } },
    },
    "a new source that only failed": {
      arrivals: [...running(expected, "3h"), once("0m", failed({ source: "Salesforce" }))],
      expect: { "0m": quiet, "70m": quiet, "75m": { Salesforce: "firing" } },
    },
    "a new source that failed last": {
      arrivals: [
        ...running(expected, "3h"),
        once("-2h", run({ source: "Salesforce" })),
        once("0m", failed({ source: "Salesforce" })),
      ],
      expect: { "0m": quiet, "70m": quiet, "75m": { Salesforce: "firing" } },
    },
  };
}
