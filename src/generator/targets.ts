import { join } from "node:path";
import { GRAFANA_FOLDER } from "../core/places.ts";
import type { Target } from "../services/target.ts";

/** Where Grafana's container looks for its configuration. */
export const PROVISIONING = "/etc/grafana/provisioning";

/** The containers of `deploy/docker-compose.yml`. */
export const composeTarget: Target = {
  lokiUrl: "http://loki:3100",
  lokiListen: { host: "0.0.0.0", port: 3100, grpcPort: 9095 },
  lokiData: "/loki",
  promtailListen: { host: "0.0.0.0", port: 9080, grpcPort: 0 },
  promtailPositions: "/var/tmp/positions.yaml",
  kafkaBroker: "kafka:29092",
  dashboardsFolder: `${PROVISIONING}/dashboards`,
};

type NativeTarget = {
  ports: { loki: number; lokiGrpc: number; promtail: number; kafka: number };
  data: string;
  build: string;
};

/** Processes on this machine's loopback; `data` and `build` are absolute folders for their data and generated files. */
export const nativeTarget = ({ ports, data, build }: NativeTarget): Target => ({
  lokiUrl: `http://127.0.0.1:${ports.loki}`,
  lokiListen: { host: "127.0.0.1", port: ports.loki, grpcPort: ports.lokiGrpc },
  lokiData: join(data, "loki"),
  promtailListen: { host: "127.0.0.1", port: ports.promtail, grpcPort: 0 },
  promtailPositions: join(data, "promtail", "positions.yaml"),
  kafkaBroker: `127.0.0.1:${ports.kafka}`,
  dashboardsFolder: join(build, GRAFANA_FOLDER, "dashboards"),
});
