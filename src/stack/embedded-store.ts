import { config } from "../config.ts";
import { printDuration } from "../core/units.ts";
import { needed } from "./needed.ts";
import { ownProgram } from "./own-program.ts";
import { answers } from "./ready.ts";
import { folder, type Service } from "./service.ts";

export const embeddedStore: Service = {
  title: "the embedded store",
  ports: ["loki"],
  after: [],
  command: (context) => ({
    file: process.execPath,
    args: ownProgram("store"),
    alone: {
      ...needed(context.env),
      LOKI_PORT: String(context.ports.loki),
      STORE_FOLDER: folder(context, "loki"),
      STORE_MAX_LINES: context.env.STORE_MAX_LINES ?? "",
      STORE_RETENTION: printDuration(config.retention),
      STORE_TENANTS: String(context.tenants ?? false),
    },
  }),
  ready: ({ ports }) => answers(`http://127.0.0.1:${ports.loki}/ready`),
};
