import { resolve } from "node:path";
import { kindOf, pathOf } from "../producer/inputs/address.ts";
import { needed } from "./needed.ts";
import { ownProgram } from "./own-program.ts";
import { tcpReply } from "./ready.ts";
import { s3Environment } from "./s3-environment.ts";
import type { Service } from "./service.ts";

/** A local path as the user means it, from where they stand; other addresses as they are. */
export const addressFrom = (from: string): string => (kindOf(from) === "local" ? resolve(pathOf(from)) : from);

/** The producer that follows `INGEST_FROM`. */
export const producer: Service = {
  title: "the producer",
  ports: ["producer"],
  after: ["kafka"],
  command: (context) => ({
    file: process.execPath,
    args: ownProgram("ingest", "--follow"),
    alone: {
      KAFKA_BROKERS: `127.0.0.1:${context.ports.kafka}`,
      ...needed(context.env),
      ...(context.ownS3 && s3Environment(`http://127.0.0.1:${context.ports.s3}`, context.s3)),
      INGEST_FROM: addressFrom(context.env.INGEST_FROM ?? ""),
      INGEST_STATUS_ADDRESS: `127.0.0.1:${context.ports.producer}`,
    },
  }),
  // Well or not: an S3 that is away is no reason not to start.
  ready: async ({ ports }) => (await tcpReply(ports.producer, "GET /healthz HTTP/1.0\r\n\r\n")).startsWith("HTTP/"),
};
