import { adoptSettings } from "./adopt-settings.ts";

adoptSettings(2);
await import("../tools/reconcile/cli.ts");
