import { adoptSettings } from "./adopt-settings.ts";

adoptSettings(1);
await import("../../src/tools/report/cli.ts");
