import type { S3Credentials, ServiceName } from "./service.ts";

/** Services that answer. `stop` ends all for good; `kill` one at once (SIGKILL unless told), `start` brings it back. */
export type Stack = Readonly<{
  lokiUrl: string;
  kafkaBrokers: string;
  s3Url: string;
  s3: S3Credentials;
  stop: () => Promise<void>;
  kill: (name: ServiceName, how?: NodeJS.Signals) => Promise<void>;
  start: (name: ServiceName) => Promise<void>;
}>;
