import { adoptSettings } from "./adopt-settings.ts";

adoptSettings(2);
await import("../../src/tools/reconcile/cli.ts");
