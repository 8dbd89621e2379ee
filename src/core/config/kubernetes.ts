import type * as zod from "zod";
import { isSender, isServer } from "../env/addresses.ts";
import { z } from "../libraries.ts";
import { isZone } from "../zones.ts";

const matching = (pattern: RegExp, error: string) => z.string().regex(pattern, { error });

const label = matching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "must be a name of small letters, digits and hyphens");
const image = matching(
  /^[a-z0-9][\w.:/-]*[\w-](:(?!latest$)[\w][\w.-]{0,127}|@sha256:[0-9a-f]{64})$/,
  "must be an image with its tag (not latest) or digest, such as registry.example.com/ingestion-monitoring:0.1.0",
);
const disk = matching(/^[1-9]\d*(Mi|Gi|Ti)$/, "must be a size such as 20Gi");
const endpoint = z.string().refine(isServer, { error: "must be host:port" });
const schedule = matching(/^(\S+ ){4}\S+$/, "must be five cron fields, such as 15 4 * * *");
const bucket = matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket");
const address = z.string().refine(isSender, { error: "must be an address whose domain has a dot" });
const zone = z.string().refine(isZone, { error: "must be an IANA time zone such as Europe/Paris" });
const name = matching(/^\S+$/, "must be a name without blanks");

/** What a cluster needs to know. Secrets are not here: the generated files name the objects that hold them. */
export const kubernetes = z.strictObject({
  namespace: label,
  /** The product's own image, built by `deploy/producer.Dockerfile`. */
  image,
  input: z.strictObject({
    from: matching(/^s3:\/\/[^/]+\/.*$/, "must be s3://bucket/key or s3://bucket/prefix/"),
    region: name,
    timezone: zone,
  }),
  loki: z.strictObject({ bucket, region: name, disk }),
  grafana: z.strictObject({
    url: matching(/^https:\/\/\S+\/$/, "must be an https address that ends with /"),
    database: z.strictObject({ address: endpoint, name, user: name }),
    mail: z.strictObject({ smtp: endpoint, from: address, to: address }),
  }),
  /** When both CronJobs run, in UTC. */
  schedules: z.strictObject({ reconcile: schedule, report: schedule }),
  /** The namespaces of those who may come in: who scrapes metrics, who scales, who opens Grafana. */
  neighbours: z.strictObject({ prometheus: label, keda: label, ingress: label }),
});

export type Kubernetes = zod.infer<typeof kubernetes>;
