import type { IIoK8sApiNetworkingV1NetworkPolicyPeer } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import type { Neighbour, Party, Resident } from "./flows.ts";
import { kafkaName, labels, releases } from "./names.ts";

type Peer = IIoK8sApiNetworkingV1NetworkPolicyPeer;

const chart = (name: string) => ({ "app.kubernetes.io/name": name, "app.kubernetes.io/instance": name });

/** The labels of a resident's pods: ours, or those that the charts and Strimzi give. */
export const podLabels: Readonly<Record<Resident, Readonly<Record<string, string>>>> = {
  producer: labels("producer"),
  forwarder: labels("forwarder"),
  reconcile: labels("reconcile"),
  report: labels("report"),
  kafka: { "strimzi.io/cluster": kafkaName, "strimzi.io/name": `${kafkaName}-kafka` },
  loki: chart(releases.loki),
  grafana: chart(releases.grafana),
};
export const residents = Object.keys(podLabels) as Resident[];

const isResident = (party: Party): party is Resident => party in podLabels;
const inNamespace = (name: string): Peer => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

/** A party, as policies name it; `undefined` for anywhere. */
export function peerOf(party: Party, { neighbours }: Kubernetes): Peer | undefined {
  if (party === "anywhere") return undefined;
  if (isResident(party)) return { podSelector: { matchLabels: { ...podLabels[party] } } };
  return inNamespace(neighbours[party satisfies Neighbour]);
}

/** The cluster's name servers. */
export const nameServers: Peer = {
  ...inNamespace("kube-system"),
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
};
