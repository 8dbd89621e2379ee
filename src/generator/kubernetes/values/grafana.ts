import type { Kubernetes } from "../../../core/config/kubernetes.ts";
import { versions } from "../../../core/versions.ts";
import { PROVISIONING } from "../../targets.ts";
import { ports, releases, secrets } from "../names.ts";
import { podLabels } from "../peers.ts";
import { apart } from "../pod.ts";
import { configMapOf } from "../provisioning.ts";

/** Grafana's own settings: those of Compose, a database for all replicas, and alerting that knows its peers. */
const settings = ({ grafana: { url, database, mail } }: Kubernetes) => ({
  server: { root_url: url },
  security: { cookie_secure: true },
  "auth.anonymous": { enabled: false },
  users: { allow_sign_up: false },
  analytics: {
    reporting_enabled: false,
    check_for_updates: false,
    check_for_plugin_updates: false,
    feedback_links_enabled: false,
  },
  news: { news_feed_enabled: false },
  // Nothing is fetched from outside at start-up.
  plugins: { preinstall_disabled: true },
  database: { type: "postgres", host: database.address, name: database.name, user: database.user, ssl_mode: "require" },
  smtp: {
    enabled: true,
    host: mail.smtp,
    from_address: mail.from,
    from_name: "Surveillance de l'ingestion",
    startTLS_policy: "MandatoryStartTLS",
  },
  emails: { content_types: "text/html,text/plain" },
  // Peers tell each other what they mailed: no mail comes twice.
  unified_alerting: {
    enabled: true,
    ha_listen_address: `\${POD_IP}:${ports.grafanaGossip}`,
    ha_advertise_address: `\${POD_IP}:${ports.grafanaGossip}`,
    ha_peers: `${releases.grafana}-headless:${ports.grafanaGossip}`,
    ha_peer_timeout: "15s",
    // Until its first poll an empty database mails its built-in receiver, a stranger.
    alertmanager_config_poll_interval: "5s",
  },
});

const mount = (folder: string) => ({
  name: configMapOf(folder),
  configMap: configMapOf(folder),
  mountPath: `${PROVISIONING}/${folder}`,
  readOnly: true,
});

/** The values of the `grafana` chart. `folders` are those of `grafana-provisioning`. */
export const grafanaValues = (kubernetes: Kubernetes, folders: readonly string[]) => ({
  image: { tag: versions.grafana },
  replicas: 2,
  headlessService: true,
  podDisruptionBudget: { maxUnavailable: 1 },
  automountServiceAccountToken: false,
  rbac: { create: false },
  admin: { existingSecret: secrets.grafana, userKey: "admin-user", passwordKey: "admin-password" },
  smtp: { existingSecret: secrets.grafana, userKey: "smtp-user", passwordKey: "smtp-password" },
  envValueFrom: {
    GF_DATABASE_PASSWORD: { secretKeyRef: { name: secrets.grafana, key: "database-password" } },
  },
  env: { ALERT_EMAIL_TO: kubernetes.grafana.mail.to },
  "grafana.ini": settings(kubernetes),
  extraConfigmapMounts: folders.map(mount),
  persistence: { enabled: false },
  resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
  topologySpreadConstraints: [apart("kubernetes.io/hostname", podLabels.grafana)],
  serviceMonitor: { enabled: true },
  testFramework: { enabled: false },
});
