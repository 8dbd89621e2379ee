import { recordedPushes } from "./pushes.ts";
import { store } from "./support.ts";

recordedPushes({ of: await store({ tenants: true }), run: "case", shownAtOnce: true });
