import { join, resolve } from "node:path";
import { rootFolder } from "./paths.ts";
import { tcpReply } from "./ready.ts";
import type { Context, Service } from "./service.ts";

/** A local path as the user means it who stands in the folder that npm was called in; other addresses as they are. */
export const addressFrom = (from: string): string => (/^[a-z][a-z0-9+.-]+:\/\//i.test(from) ? from : resolve(process.env.INIT_CWD || rootFolder, from));

function s3Variables({ ownS3, ports, s3 }: Context): NodeJS.ProcessEnv {
  if (!ownS3) return {};
  return {
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${ports.s3}`,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: s3.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
}

/** The producer that follows `INGEST_FROM`. */
export const producer: Service = {
  title: "the producer",
  ports: ["producer"],
  after: ["kafka"],
  command: (context) => ({
    file: process.execPath,
    args: ["--import", import.meta.resolve("tsx"), join(rootFolder, "src", "producer", "cli.ts"), "--follow"],
    env: {
      KAFKA_BROKERS: `127.0.0.1:${context.ports.kafka}`,
      ...context.env,
      ...s3Variables(context),
      INGEST_FROM: addressFrom(context.env.INGEST_FROM ?? ""),
      INGEST_STATUS_ADDRESS: `127.0.0.1:${context.ports.producer}`,
    },
  }),
  // Well or not: an S3 that is away is no reason not to start.
  ready: async ({ ports }) => (await tcpReply(ports.producer, "GET /healthz HTTP/1.0\r\n\r\n")).startsWith("HTTP/"),
};
