import { describe } from "vitest";
import { DELAY, goldenValues } from "../support/golden.ts";
import { sampleStreams } from "../support/sample-streams.ts";
import { hold } from "../support/stores.ts";

const ARRIVAL = Date.UTC(2026, 10, 20, 12);
const store = await hold(await sampleStreams(ARRIVAL));

describe("golden values", () => goldenValues({ store, at: ARRIVAL + DELAY }));
