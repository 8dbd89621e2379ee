import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { recordedPushes } from "../../logql/server/pushes.ts";

const { url, embedded } = inject("loki");

recordedPushes({ of: { url }, run: `push-${randomUUID()}`, shownAtOnce: embedded });
