import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PINNED } from "../../src/alerting/profile.ts";

type Recorded = Readonly<{ name: string; why: string; verdict: unknown }>;

function casesIn(folder: string): readonly Recorded[] {
  const path = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  return readdirSync(path).map((file) => JSON.parse(readFileSync(`${path}${file}`, "utf8")));
}

/**
 * Timelines that Grafana itself gave for rules, over a real Loki: 9.4 under its own profile, 12.2 under the pinned one.
 */
export const timelines = [
  { grafana: "9.4", profile: "9.4", count: 35, cases: casesIn("verdicts") },
  { grafana: "12.2", profile: PINNED, count: 41, cases: casesIn("verdicts-12.2") },
] as const;
