import { createRequire } from "node:module";

type RequestQueue = { pending: readonly unknown[]; scheduleCheckPendingRequests(): void };

const { prototype }: { prototype: RequestQueue } = createRequire(import.meta.url)("kafkajs/src/network/requestQueue");
const schedule = prototype.scheduleCheckPendingRequests;

// With nothing pending kafkajs 2.2.4 sets a timer of negative length after every answer, and again whenever it ends:
// a thousand times a second, and Node 24 warns of it on standard error.
// Whatever has to wait sets its own timer when it comes.
prototype.scheduleCheckPendingRequests = function () {
  if (this.pending.length > 0) schedule.call(this);
};
