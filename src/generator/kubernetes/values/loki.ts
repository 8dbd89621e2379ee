import type { Kubernetes } from "../../../core/config/kubernetes.ts";
import type { Config } from "../../../core/config/schema.ts";
import { versions } from "../../../core/versions.ts";
import { lokiCommon } from "../../../services/loki.ts";
import { secrets } from "../names.ts";

const DATA = "/var/loki";
const off = { enabled: false };
const none = { replicas: 0 };

/**
 * The values of the `loki` chart: three times the same Loki on a bucket, each line on all three.
 * Its limits are those of `loki-config.yml`.
 */
export function lokiValues(config: Config, { loki: { bucket, region, disk } }: Kubernetes) {
  const { auth_enabled, analytics, schema_config, ingester, compactor, limits_config } = lokiCommon(config, "s3");
  return {
    deploymentMode: "Monolithic",
    loki: {
      image: { tag: versions.loki },
      auth_enabled,
      analytics,
      server: { log_level: "warn" },
      commonConfig: { path_prefix: DATA, replication_factor: 3 },
      storage: { type: "s3", bucketNames: { chunks: bucket, ruler: bucket }, s3: { region } },
      schemaConfig: schema_config,
      ingester,
      compactor: { working_directory: `${DATA}/compactor`, ...compactor },
      limits_config,
      podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    },
    singleBinary: {
      replicas: 3,
      // A stop writes out what is in memory.
      terminationGracePeriodSeconds: 300,
      extraEnvFrom: [{ secretRef: { name: secrets.lokiS3, optional: true } }],
      persistence: { size: disk, whenDeleted: "Retain", whenScaled: "Retain" },
      resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "4Gi" } },
    },
    // The parts of the other modes, and what nobody asks.
    read: none,
    write: none,
    backend: none,
    gateway: off,
    chunksCache: off,
    resultsCache: off,
    lokiCanary: off,
    test: off,
    monitoring: { serviceMonitor: { enabled: true } },
  };
}
