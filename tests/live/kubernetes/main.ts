import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { writeTarget } from "../../../src/generator/build.ts";
import { composeTarget } from "../../../src/generator/targets.ts";
import charts from "../../generator/kubernetes/chart-keys.json" with { type: "json" };
import { example } from "../../generator/kubernetes/example.ts";
import { temporary } from "../../support/temporary.ts";

/**
 * Renders what the example generates with kustomize and the real charts, and checks it with kubeconform; both charts
 * and the schemas come from the network.
 */
const KUBERNETES = "1.32.0";
const MONITORING = ["monitoring.coreos.com/v1", "monitoring.coreos.com/v1/ServiceMonitor"].flatMap((api) => [
  "--api-versions",
  api,
]);

function run(program: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (error) throw new Error(`${program} cannot be run (${error.message}); install it`);
  if (status !== 0)
    throw new Error(`${program} ${args.slice(0, 3).join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Custom resources are checked by `npm test`: kubeconform knows Kubernetes' own. */
const conform = (manifests: string) =>
  run(
    "kubeconform",
    ["-strict", "-summary", "-ignore-missing-schemas", "-kubernetes-version", KUBERNETES, "-"],
    manifests,
  ).trim();

const chart = (folder: string, name: "loki" | "grafana") => {
  const { address, version } = charts[name];
  const { namespace } = example.targets.kubernetes;
  const values = join(folder, "kubernetes", "values", `${name}.yaml`);
  return run("helm", ["template", name, address, "--version", version, "-n", namespace, "-f", values, ...MONITORING]);
};

/** What the rendered chart must hold; a value that the chart does not know leaves it out. */
function expectIn(manifests: string, what: Readonly<Record<string, RegExp>>): void {
  const missing = Object.entries(what).filter(([, pattern]) => !pattern.test(manifests));
  if (missing.length > 0) throw new Error(`the rendered chart lacks: ${missing.map(([name]) => name).join(", ")}`);
}

const { folder, remove } = temporary();
try {
  writeTarget(folder, composeTarget, { input: example });
  console.log(`kustomize: ${conform(run("kubectl", ["kustomize", join(folder, "kubernetes")]))}`);
  const loki = chart(folder, "loki");
  expectIn(loki, {
    "three replicas": /replicas: 3/,
    "the retention": /retention_period: 2208h/,
    "replication by three": /replication_factor: 3/,
    "the bucket": /my12data-loki/,
    "the image": /grafana\/loki:3\.7\.8/,
  });
  console.log(`loki: ${conform(loki)}`);
  const grafana = chart(folder, "grafana");
  expectIn(grafana, {
    "two replicas": /replicas: 2/,
    "its peers": /ha_peers ?= ?grafana-headless:9094/,
    "the database": /type ?= ?postgres/,
    "the provisioning": /\/etc\/grafana\/provisioning\/alerting/,
    "the headless service": /name: grafana-headless/,
    "the image": /grafana\/grafana:12\.4\.10/,
  });
  console.log(`grafana: ${conform(grafana)}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  remove();
}
