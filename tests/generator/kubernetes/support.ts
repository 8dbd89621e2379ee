import { parse } from "yaml";
import { outputs } from "../../../src/generator/outputs.ts";
import { composeTarget } from "../../../src/generator/targets.ts";
import { example } from "./example.ts";

/** A document of a generated file, as far as the tests read it. */
// biome-ignore lint/suspicious/noExplicitAny: any object of a cluster
export type Document = Record<string, any>;

/** Everything that the example writes, by path. */
export const files = outputs(example, composeTarget);

export const documentOf = (path: string): Document => parse(files.get(path) ?? "");

export const kubernetesPaths = [...files.keys()].filter((path) => path.startsWith("kubernetes/"));
const isObject = (path: string) => !path.includes("/values/") && !path.endsWith("kustomization.yaml");
export const objects = kubernetesPaths.filter(isObject).map(documentOf);

export const find = (kind: string, name: string): Document => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`the example has no ${kind} ${name}`);
  return found;
};

/** The pod templates, by the name of what they belong to. */
export const pods: [name: string, pod: Document][] = objects.flatMap(
  ({ kind, metadata, spec }): [string, Document][] => {
    if (kind === "Deployment") return [[metadata.name, spec.template]];
    return kind === "CronJob" ? [[metadata.name, spec.jobTemplate.spec.template]] : [];
  },
);
