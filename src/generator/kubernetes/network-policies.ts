import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { type Flow, flows, type Resident } from "./flows.ts";
import { nameServers, peerOf, podLabels, residents } from "./peers.ts";

type Spec = NonNullable<INetworkPolicy["spec"]>;

const on = (port: number, protocol: "TCP" | "UDP") => ({ port, protocol });
const portsOf = ({ ports, udp = [] }: Flow) => [
  ...ports.map((port) => on(port, "TCP")),
  ...udp.map((port) => on(port, "UDP")),
];

const incoming = (flow: Flow, kubernetes: Kubernetes): NonNullable<Spec["ingress"]>[number] => {
  const peer = peerOf(flow.from, kubernetes);
  return { ...(peer && { from: [peer] }), ports: portsOf(flow) };
};
const outgoing = (flow: Flow, kubernetes: Kubernetes): NonNullable<Spec["egress"]>[number] => {
  const peer = peerOf(flow.to, kubernetes);
  return { ...(peer && { to: [peer] }), ports: portsOf(flow) };
};
const askNames: NonNullable<Spec["egress"]>[number] = {
  to: [nameServers],
  ports: [on(53, "UDP"), on(53, "TCP")],
};

const policy = (name: string, spec: Spec): INetworkPolicy => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, labels: { "app.kubernetes.io/name": "ingestion-monitoring" } },
  spec,
});

function policyOf(resident: Resident, kubernetes: Kubernetes): INetworkPolicy {
  const all = flows(kubernetes);
  return policy(resident, {
    podSelector: { matchLabels: { ...podLabels[resident] } },
    policyTypes: ["Ingress", "Egress"],
    ingress: all.filter(({ to }) => to === resident).map((flow) => incoming(flow, kubernetes)),
    egress: [askNames, ...all.filter(({ from }) => from === resident).map((flow) => outgoing(flow, kubernetes))],
  });
}

/** Nobody is let in unless a flow says so; then, for each resident, who may come and where it may go. */
export const networkPolicies = (kubernetes: Kubernetes): readonly INetworkPolicy[] => [
  policy("nobody", { podSelector: {}, policyTypes: ["Ingress"] }),
  ...residents.map((resident) => policyOf(resident, kubernetes)),
];
