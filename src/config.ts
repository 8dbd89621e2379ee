import type { Config } from "./core/config/schema.ts";
import { days, hours, megabytes, minutes, percent, runs, seconds } from "./core/units.ts";

/** Every threshold, window, expected source and retention of the product; its only home. */
export const config: Config = {
  /** Sources that must run. `maxSilence` is for the connectors that run more rarely than the default. */
  sources: {
    expected: [
      { source: "zohoprojects" },
      { source: "zohobooks" },
      { source: "zohocrm" },
      { source: "PowerBI" },
      { source: "Efficy" },
      { source: "sharepoint_graph" },
      { source: "EasyProjects" },
    ],
    /** Sources that ran once and may stay silent for ever. */
    retired: [],
    maxSilence: minutes(75),
    /** How long a source that nobody declared is remembered. */
    memory: hours(24),
  },
  rules: {
    "1-echec-detecte": {
      failures: runs(1),
      window: minutes(5),
      for: seconds(0),
      every: minutes(1),
      severity: "critical",
    },
    "2-taux-echec-eleve": {
      rate: percent(2),
      window: minutes(15),
      for: minutes(15),
      every: minutes(1),
      severity: "warning",
    },
    "3-source-muette": { for: seconds(0), every: minutes(5), severity: "critical" },
    "4-latence-degradee": {
      p95: seconds(10),
      window: minutes(15),
      for: minutes(5),
      every: minutes(1),
      severity: "warning",
    },
    "5-surconsommation-ressources": {
      memory: megabytes(150),
      cpu: seconds(60),
      window: minutes(15),
      for: minutes(5),
      every: minutes(1),
      severity: "warning",
    },
  },
  notifications: {
    critical: { wait: seconds(10), repeat: hours(1), interval: minutes(1) },
    warning: { wait: minutes(1), repeat: hours(4), interval: minutes(5) },
  },
  /** From the producer's acknowledgement to a line that Loki answers with. */
  deliveryDelay: seconds(30),
  retention: days(92),
  dashboards: {
    range: hours(6),
    refresh: minutes(1),
    throughputStep: minutes(5),
    percentileStep: minutes(15),
    timezone: "browser",
  },
  producer: {
    /** How long the progress of an input is remembered once it has gone from the prefix that it was listed under. */
    progressKept: days(30),
    /** How many rejects of one input are told one by one; one more counts the rest. */
    maxRejects: 1000,
    /** The most that one file may bring. Records beyond are rejected. */
    maxSources: 200,
    maxLabelSets: 1000,
    /**
     * The most streams that all inputs together may bring, two (one a state) for each set of labels.
     * Records beyond are rejected; Loki gets room for 1000 more.
     */
    maxStreams: 4000,
    /** How long a set of labels that brings nothing more counts. */
    streamsKept: days(7),
  },
  kafka: { partitions: 3, retentionBytes: 1_073_741_824 },
};
