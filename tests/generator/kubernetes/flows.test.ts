import { describe, expect, test } from "vitest";
import { type Document, find, objects, pods } from "./support.ts";

/** What the README says of who speaks to whom, who watches, and where Strimzi's brokers read their keys. */
const SPEAKERS: Record<string, string> = {
  "anywhere:443": "kafka loki producer",
  "anywhere:5432": "grafana",
  "anywhere:587": "grafana",
  "anywhere:6443": "kafka",
  "grafana:3000": "ingress-nginx monitoring",
  "grafana:9094": "grafana",
  "grafana:9094/UDP": "grafana",
  "forwarder:9465": "monitoring",
  "kafka:9090": "kafka",
  "kafka:9091": "kafka",
  "kafka:9093": "forwarder keda producer reconcile",
  "loki:3100": "forwarder grafana loki monitoring reconcile report",
  "loki:7946": "loki",
  "loki:9095": "loki",
  "producer:9464": "monitoring",
};
const EXPECTED = Object.entries(SPEAKERS)
  .flatMap(([listener, speakers]) => speakers.split(" ").map((speaker) => `${listener} < ${speaker}`))
  .sort();
const residents = ["producer", "forwarder", "reconcile", "report", "kafka", "loki", "grafana"];
const policies = objects.filter(({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name !== "nobody");
const selectorOf = (name: string) => JSON.stringify(find("NetworkPolicy", name).spec.podSelector.matchLabels);

function nameOf({ podSelector, namespaceSelector }: Document): string {
  if (namespaceSelector) return namespaceSelector.matchLabels["kubernetes.io/metadata.name"];
  return residents.find((name) => selectorOf(name) === JSON.stringify(podSelector.matchLabels)) ?? "?";
}
const names = (peers: Document[] | undefined) => peers?.map(nameOf) ?? ["anywhere"];
const ends = (rule: Document) =>
  rule.ports.map(({ port, protocol }: Document) => `${port}${protocol === "TCP" ? "" : `/${protocol}`}`);
const incoming = policies.flatMap(({ metadata, spec }) =>
  spec.ingress.flatMap((rule: Document) =>
    names(rule.from).flatMap((from) => ends(rule).map((port: string) => `${metadata.name}:${port} < ${from}`)),
  ),
);
const outgoing = policies.flatMap(({ metadata, spec }) =>
  spec.egress.flatMap((rule: Document) =>
    names(rule.to).flatMap((to) => ends(rule).map((port: string) => `${to}:${port} < ${metadata.name}`)),
  ),
);
const neighbours = /< (monitoring|keda|ingress-nginx)$/;

describe("the network lets through", () => {
  test("into a resident: what the README's flow needs, and no more", () =>
    expect(incoming.sort()).toEqual(EXPECTED.filter((flow) => !flow.startsWith("anywhere"))));

  test("out of a resident: the same, and the question for a name", () => {
    const asked = outgoing.filter((flow) => !flow.startsWith("kube-system:53"));
    expect(asked.sort()).toEqual(EXPECTED.filter((flow) => !neighbours.test(flow)));
    expect(outgoing.filter((flow) => flow.startsWith("kube-system:53/UDP"))).toHaveLength(residents.length);
  });

  test("nobody else", () => {
    expect(find("NetworkPolicy", "nobody").spec).toEqual({ podSelector: {}, policyTypes: ["Ingress"] });
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([...residents].sort());
    for (const { spec } of policies) expect(spec.policyTypes).toEqual(["Ingress", "Egress"]);
  });
});

test("each policy of ours meets its pods", () => {
  for (const [name, pod] of pods)
    expect(find("NetworkPolicy", name).spec.podSelector.matchLabels).toEqual(pod.metadata.labels);
});

test("Kafka's own policy, which Strimzi writes, lets in the same clients", () => {
  const [listener] = find("Kafka", "ingestion").spec.kafka.listeners;
  expect(listener.networkPolicyPeers.map(nameOf).sort()).toEqual(SPEAKERS["kafka:9093"]!.split(" "));
});
