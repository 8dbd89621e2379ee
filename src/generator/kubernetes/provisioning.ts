import { dirname } from "node:path/posix";
import { grouped } from "../../core/grouped.ts";

/** The ConfigMap of one folder of `grafana-provisioning`. */
export const configMapOf = (folder: string) => `grafana-provisioning-${folder}`;

/** Files of `grafana-provisioning`, by its folders. */
type Folders = ReadonlyMap<string, readonly string[]>;
export const foldersOf = (paths: readonly string[]): Folders => grouped(paths, (path) => dirname(path));

/**
 * The kustomization that makes a ConfigMap of each folder of `grafana-provisioning`: the files stand there alone.
 * It lies beside them, since kustomize reads no file above its own folder.
 */
export const provisioning = (folders: Folders) => ({
  apiVersion: "kustomize.config.k8s.io/v1beta1",
  kind: "Kustomization",
  // The charts know the ConfigMaps by these names.
  generatorOptions: { disableNameSuffixHash: true },
  configMapGenerator: [...folders].map(([name, files]) => ({ name: configMapOf(name), files })),
});
