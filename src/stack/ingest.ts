import { adoptSettings } from "./adopt-settings.ts";

adoptSettings(1);
await import("../producer/cli.ts");
