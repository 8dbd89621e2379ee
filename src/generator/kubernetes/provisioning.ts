import { dirname, relative } from "node:path/posix";
import { grouped } from "../../core/grouped.ts";

/** Where Grafana looks for its configuration. */
export const PROVISIONING = "/etc/grafana/provisioning";

/** The ConfigMap of one folder of `grafana-provisioning`. */
export const configMapOf = (folder: string) => `grafana-provisioning-${folder}`;

/** The generated files of each folder of `grafana-provisioning`, from there. */
export type Folders = ReadonlyMap<string, readonly string[]>;
export const foldersIn = (provisioning: string, paths: readonly string[]): Folders =>
  grouped(
    paths.filter((path) => path.startsWith(`${provisioning}/`)).map((path) => relative(provisioning, path)),
    (path) => dirname(path),
  );

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
