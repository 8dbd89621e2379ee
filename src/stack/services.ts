import { join } from "node:path";
import { artifacts } from "./artifacts.ts";
import { embeddedStore } from "./embedded-store.ts";
import { grafana } from "./grafana.ts";
import { requireInstalled } from "./installed.ts";
import { kafka, zookeeper } from "./kafka.ts";
import { needed } from "./needed.ts";
import { ownProgram } from "./own-program.ts";
import { producer } from "./producer.ts";
import { answers, tcpReply } from "./ready.ts";
import { folder, type Service, type ServiceName } from "./service.ts";

/** How each service is started and when it is ready. */
export const services: Readonly<Record<ServiceName, Service>> = {
  zookeeper,
  kafka,
  loki: {
    title: "Loki",
    ports: ["loki", "lokiGrpc"],
    after: [],
    installed: "loki",
    command: (context) => ({
      file: requireInstalled("loki", context.env),
      args: [`-config.file=${join(context.build, "loki-config.yml")}`, `-auth.enabled=${context.tenants ?? false}`],
    }),
    ready: ({ ports }) => answers(`http://127.0.0.1:${ports.loki}/ready`),
  },
  store: embeddedStore,
  promtail: {
    title: "Promtail",
    ports: ["promtail"],
    after: ["kafka", "loki", "store"],
    installed: "promtail",
    command: (context) => {
      folder(context, "promtail");
      return {
        file: requireInstalled("promtail", context.env),
        args: [`-config.file=${join(context.build, "promtail-config.yml")}`],
      };
    },
    ready: ({ ports }) => answers(`http://127.0.0.1:${ports.promtail}/ready`),
  },
  forwarder: {
    title: "the forwarder",
    ports: ["forwarder"],
    after: ["kafka", "loki", "store"],
    command: ({ ports, env, kafkaBrokers }) => ({
      file: process.execPath,
      args: ownProgram("forward"),
      alone: {
        ...needed(env),
        KAFKA_BROKERS: kafkaBrokers ?? `127.0.0.1:${ports.kafka}`,
        LOKI_URL: `http://127.0.0.1:${ports.loki}`,
        FORWARDER_STATUS_ADDRESS: `127.0.0.1:${ports.forwarder}`,
      },
    }),
    ready: ({ ports }) => answers(`http://127.0.0.1:${ports.forwarder}/healthz`),
  },
  s3: {
    title: "S3",
    ports: ["s3"],
    after: [],
    artifact: artifacts.s3,
    command: (context) => ({
      file: artifacts.s3().path,
      args: ["--port", `127.0.0.1:${context.ports.s3}`, "--quiet", "posix", folder(context, "s3")],
      env: { ROOT_ACCESS_KEY: context.s3.accessKeyId, ROOT_SECRET_KEY: context.s3.secretAccessKey },
    }),
    ready: async ({ ports }) => (await tcpReply(ports.s3, "GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/"),
  },
  grafana,
  producer,
};
