import { expect, test } from "vitest";
import { faults } from "./faults.ts";
import { startRig } from "./rig.ts";
import { runRow } from "./run.ts";

/** Two rows of `npm run test:faults` with fewer records. */
test.concurrent.each(["kill-producer", "kill-collector"])(
  "%s with the forwarder: nothing lost, nothing counted twice",
  async (key) => {
    const rig = await startRig("forwarder");
    try {
      const row = await runRow(faults.find((fault) => fault.key === key)!, rig, { records: 20_000 });
      expect(row).toMatchObject({ lost: [], twice: 0, falseRejects: 0, ended: [], unfinished: false });
    } finally {
      await rig.stop();
    }
  },
);
