import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { config } from "../src/config.ts";
import { buildDashboards } from "../src/dashboards/index.ts";
import { cpuOf, median } from "./pipeline/measure.ts";

/**
 * How long the generator takes from a cold start, and what one more dashboard costs; each beside its floor in the same
 * run.
 */
const root = fileURLToPath(new URL("..", import.meta.url));

/** Wall seconds of a whole Node process. */
function cold(args: string[]): number {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const from = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env });
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  return Number(process.hrtime.bigint() - from) / 1e9;
}

const pairs = Array.from({ length: 9 }, () => ({
  build: cold(["bin/ingestion.js", "build"]),
  floor: cold(["--import", "tsx", "-e", ""]),
}));
const build = median(pairs.map((pair) => pair.build));
const floor = median(pairs.map((pair) => pair.floor));
console.log(
  `cold start, median of ${pairs.length} pairs: build ${build.toFixed(3)} s, an empty program under tsx ${floor.toFixed(3)} s, ratio ${(build / floor).toFixed(2)}`,
);

const built = buildDashboards(config);
const generate = (sets: number) => {
  for (let set = 0; set < sets; set++)
    for (const dashboard of buildDashboards(config)) JSON.stringify(dashboard, null, 2);
};
const print = (sets: number) => {
  for (let set = 0; set < sets; set++) for (const dashboard of built) JSON.stringify(dashboard, null, 2);
};

generate(1000);
console.log("\ndashboards   CPU ms   CPU ms per dashboard   ratio to printing alone");
for (const sets of [1, 10, 100, 1000]) {
  const repeats = Math.max(5, Math.ceil(300 / sets));
  const total = cpuOf(() => generate(sets), repeats);
  const printing = cpuOf(() => print(sets), repeats);
  const count = sets * built.length;
  console.log(
    `${String(count).padStart(10)} ${total.toFixed(2).padStart(8)} ${(total / count).toFixed(4).padStart(22)} ${(total / printing).toFixed(2).padStart(25)}`,
  );
}
