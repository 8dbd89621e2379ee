import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { type Component, ports, statusPorts } from "./names.ts";

/** Who speaks in the namespace, and who from outside it. */
export type Resident = Component | "kafka" | "loki" | "grafana";
export type Neighbour = keyof Kubernetes["neighbours"];
/** `anywhere` is what has no fixed address: a bucket, a mail server, a database. */
export type Party = Resident | Neighbour | "anywhere";

/** One may open connections to the other, on these ports (TCP). */
export type Flow = Readonly<{ from: Party; to: Party; ports: readonly number[]; udp?: readonly number[] }>;

const portOf = (address: string) => Number(address.slice(address.lastIndexOf(":") + 1));
/** Kafka's brokers among themselves: the controllers' quorum and the replication. */
const BROKERS = [9090, 9091];

/** Kubernetes' own API, from which the brokers read their TLS keys. */
const API = [443, 6443];

/** Who speaks to whom, S3 to Grafana and those who watch; nothing else is let through. */
export const flows = ({ grafana: { database, mail } }: Kubernetes): readonly Flow[] => [
  { from: "producer", to: "anywhere", ports: [ports.s3] },
  { from: "producer", to: "kafka", ports: [ports.kafka] },
  { from: "forwarder", to: "kafka", ports: [ports.kafka] },
  { from: "forwarder", to: "loki", ports: [ports.loki] },
  { from: "loki", to: "loki", ports: [ports.loki, ports.lokiGrpc, ports.lokiGossip] },
  { from: "loki", to: "anywhere", ports: [ports.s3] },
  { from: "grafana", to: "loki", ports: [ports.loki] },
  { from: "grafana", to: "grafana", ports: [ports.grafanaGossip], udp: [ports.grafanaGossip] },
  { from: "grafana", to: "anywhere", ports: [portOf(database.address), portOf(mail.smtp)] },
  { from: "reconcile", to: "kafka", ports: [ports.kafka] },
  { from: "reconcile", to: "loki", ports: [ports.loki] },
  { from: "report", to: "loki", ports: [ports.loki] },
  { from: "kafka", to: "kafka", ports: BROKERS },
  { from: "kafka", to: "anywhere", ports: API },
  { from: "ingress", to: "grafana", ports: [ports.grafana] },
  { from: "keda", to: "kafka", ports: [ports.kafka] },
  { from: "prometheus", to: "producer", ports: [statusPorts.producer] },
  { from: "prometheus", to: "forwarder", ports: [statusPorts.forwarder] },
  { from: "prometheus", to: "loki", ports: [ports.loki] },
  { from: "prometheus", to: "grafana", ports: [ports.grafana] },
];
