import "../../src/producer/memory.ts";
import { s3Lister } from "../../src/producer/s3.ts";
import { emptyState, takeIn } from "../../src/producer/state/fold.ts";

/** A follower without Kafka: the state of so many inputs, read as the topic gives it, then one look after the other; one line of figures for each. */
const [uri = "", count = "0", looks = "0"] = process.argv.slice(2);
const state = emptyState();
const note = (key: string, version: string) => {
  const from = { "ingestion-logs": { 0: 1, 1: 1, 2: 1 }, "ingestion-logs-rejets": { 0: 0 } };
  const value = {
    holder: "bench",
    version,
    records: 1000,
    position: 1000,
    sha256: "0".repeat(64),
    complete: true,
    from,
  };
  takeIn(state, { time: 1, key, value: JSON.stringify(value) });
};
for (let index = 0; index < Number(count); index++) note(`${uri}${String(index).padStart(9, "0")}.json`, `"${index}"`);
const lister = await s3Lister(uri, 5000);
for (let look = 0; look <= Number(looks); look++) {
  const before = process.cpuUsage();
  const { waiting } = await lister.look(({ address, version = "" }) =>
    state.known.isDone(address, version) ? "settled" : "waiting",
  );
  const { user, system } = process.cpuUsage(before);
  for (const { address, version = "" } of waiting) note(address, version);
  console.log(
    JSON.stringify({
      waiting: waiting.length,
      cpu: (user + system) / 1e6,
      peak: process.resourceUsage().maxRSS * 1024,
    }),
  );
}
process.exit();
