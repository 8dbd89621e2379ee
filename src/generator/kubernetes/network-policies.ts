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
  const [incoming, outgoing] = [all.filter(({ to }) => to === resident), all.filter(({ from }) => from === resident)];
  const rule = (side: "from" | "to", flow: Flow) => {
    const peer = peerOf(flow[side], kubernetes);
    return { ...(peer && { [side]: [peer] }), ports: portsOf(flow) };
  };
  return policy(resident, {
    podSelector: { matchLabels: { ...podLabels[resident] } },
    policyTypes: ["Ingress", "Egress"],
    ingress: incoming.map((flow) => rule("from", flow)),
    egress: [askNames, ...outgoing.map((flow) => rule("to", flow))],
  });
}

/** Nobody is let in unless a flow says so; then, for each resident, who may come and where it may go. */
export const networkPolicies = (kubernetes: Kubernetes): readonly INetworkPolicy[] => [
  policy("nobody", { podSelector: {}, policyTypes: ["Ingress"] }),
  ...residents.map((resident) => policyOf(resident, kubernetes)),
];
