import { expect, test } from "vitest";
import { parse } from "yaml";
import { compareStates } from "../../../src/tools/diff/compare/compare.ts";
import type { Json } from "../../../src/tools/diff/json.ts";
import type { State } from "../../../src/tools/diff/model/model.ts";
import { recognise } from "../../../src/tools/diff/model/recognise.ts";
import { exported, GRAFANA, odd } from "./samples.ts";
import { type Any, built } from "./support.ts";

type Path = readonly (string | number)[];

function leafPaths(value: Any, path: Path = []): readonly Path[] {
  if (value === null || typeof value !== "object" || Object.keys(value).length === 0) return [path];
  return Object.keys(value).flatMap((key) =>
    leafPaths(value[key], [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function other(value: Any): Any {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return `${value}x`;
  if (value === null) return "x";
  return Array.isArray(value) ? ["x"] : { x: "x" };
}

/** The document with one leaf changed or removed; everything on the way to it is new. */
function mutated(value: Any, [key, ...rest]: Path, change: (leaf: Any) => Any): Any {
  if (key === undefined) return change(value);
  const inner = mutated(value[key], rest, change);
  if (Array.isArray(value))
    return inner === undefined ? value.toSpliced(Number(key), 1) : value.with(Number(key), inner);
  const { [key]: _, ...others } = value;
  return inner === undefined ? others : { ...value, [key]: inner };
}

const generated = [...built]
  .filter(([path]) => !path.endsWith(".md"))
  .map(([path, text]): [string, Any] => [path, path.endsWith(".json") ? JSON.parse(text) : parse(text)]);
const foreign: [string, Any][] = [
  ["exported.json", exported],
  ["odd.json", odd],
  ["rules.yaml", parse(GRAFANA)],
];
const documents = [...generated, ...foreign];
const stateOf = (path: string, document: Json): State => recognise(path, document);

/** Whether something is told, and every word of it says a difference. */
const says = (from: State, to: State): boolean => {
  const subjects = compareStates(from, to).flatMap((section) => section.subjects);
  const pairs = subjects.flatMap(({ details }) => details.flatMap((detail) => detail.pairs));
  return (
    subjects.length > 0 &&
    subjects.every(({ status, details }) => status !== "changed" || details.length > 0) &&
    pairs.every(({ before, after }) => before !== after)
  );
};

/** A dashboard in parts, each with one of its panels: a difference in one panel does not hang on the others. */
const parts = (document: Any): readonly [Any, readonly Path[]][] => {
  const panels: readonly Any[] = document.panels?.length > 1 ? document.panels : [];
  const about = panels.length > 0 ? { ...document, panels: [panels[0]] } : document;
  return [
    [about, leafPaths(about)],
    ...panels.slice(1).map((panel): [Any, readonly Path[]] => {
      const paths = leafPaths(panel).map((path) => ["panels", 0, ...path]);
      return [{ uid: document.uid, title: document.title, panels: [panel] }, paths];
    }),
  ];
};

const kinds = new Set<string>();
/** Whether a leaf is the first of its kind: of a key in a panel of such a type, first or later in its list. */
function isNewKind(document: Any, path: Path): boolean {
  const leaf = path.reduce((value: Any, key) => value[key], document);
  const keys = path.map((key) => (typeof key === "number" && key > 0 ? "later" : key));
  const kind = JSON.stringify([document.panels?.[0]?.type, typeof leaf, ...keys]);
  if (kinds.has(kind)) return false;
  kinds.add(kind);
  return true;
}

test.each(documents)("every kind of leaf of %s that changes, goes or comes is told", (path, document) => {
  const silent = parts(document).flatMap(([part, paths]) => {
    const before = stateOf(path, part);
    const fresh = paths.filter((leaf) => isNewKind(part, leaf));
    return fresh.flatMap((leaf) => {
      const changed = stateOf(path, mutated(part, leaf, other));
      const gone = stateOf(
        path,
        mutated(part, leaf, () => undefined),
      );
      return says(before, changed) && says(before, gone) && says(gone, before) ? [] : [leaf.join(".")];
    });
  });
  expect(silent).toEqual([]);
});
