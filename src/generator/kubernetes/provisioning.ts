import { basename, dirname } from "node:path/posix";

/** Where Grafana looks for its configuration. */
export const PROVISIONING = "/etc/grafana/provisioning";

/** The ConfigMap of one folder of `grafana-provisioning`. */
export const configMapOf = (folder: string) => `grafana-provisioning-${folder}`;

/**
 * The kustomization that makes a ConfigMap of each folder of `grafana-provisioning`: the files stand there alone.
 * It lies beside them, since kustomize reads no file above its own folder. `paths` are the generated files.
 */
export function provisioning(folder: string, paths: readonly string[]) {
  const inside = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
  const folders = [...new Set(inside.map((path) => dirname(path)))];
  return {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    // The charts know the ConfigMaps by these names.
    generatorOptions: { disableNameSuffixHash: true },
    configMapGenerator: folders.map((name) => ({
      name: configMapOf(name),
      files: inside.filter((path) => dirname(path) === name).map((path) => `${name}/${basename(path)}`),
    })),
  };
}
