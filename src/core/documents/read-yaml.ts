import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Scalar as YamlScalar } from "yaml";
import type { Document, Unreadable } from "./document.ts";
import { type Container, isObject, type Json, numberOf } from "./json.ts";
import { type At, positionsOf } from "./positions.ts";
import { placesIn, type Scalar } from "./read-json.ts";

type Places = Map<Container, Map<string, Scalar>>;
type Anchored = Readonly<{ value: Json; place: Scalar | undefined }>;
/** `unfinished` are the anchors that an alias inside them names. */
type Reading = Readonly<{ places: Places; anchors: Map<string, Anchored>; unfinished: string[] }>;

const scalarOf = ({ value, source }: YamlScalar): Json => {
  if (typeof value === "number" && Number.isInteger(value) && source !== undefined) return numberOf(source);
  return typeof value === "bigint" || typeof value === "number" || typeof value === "boolean" || value === null
    ? value
    : String(value);
};
const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

/** A YAML node as a plain value; an alias of what is not finished yet means an anchor that holds itself. */
function convert(node: unknown, reading: Reading): Json {
  if (isAlias(node)) {
    const anchored = reading.anchors.get(node.source);
    if (!anchored) reading.unfinished.push(node.source);
    return anchored?.value ?? null;
  }
  const value = fresh(node, reading);
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor)
    reading.anchors.set(node.anchor, { value, place: placeOf(node, reading) });
  return value;
}

/** Where a scalar stands, or the one that an alias means. */
function placeOf(node: unknown, { anchors }: Reading): Scalar | undefined {
  if (isAlias(node)) return anchors.get(node.source)?.place;
  return isScalar(node) && node.range ? { from: node.range[0], to: node.range[1] } : undefined;
}

function fresh(node: unknown, reading: Reading): Json {
  if (isScalar(node)) return scalarOf(node);
  const items = isMap(node) ? node.items.map(({ key, value }) => [keyOf(key), value] as const) : undefined;
  if (items) return container(items, "map", reading);
  const parts = isSeq(node) ? node.items.map((item, index) => [String(index), item] as const) : undefined;
  return parts ? container(parts, "list", reading) : null;
}

function container(parts: readonly (readonly [string, unknown])[], kind: "map" | "list", reading: Reading): Container {
  const places = new Map<string, Scalar>();
  const merged: (readonly [string, Json])[] = [];
  const own: (readonly [string, Json])[] = [];
  for (const [key, part] of parts) {
    const value = convert(part, reading);
    if (kind === "map" && key === "<<") merged.push(...mergedOf(value));
    else own.push([key, value]);
    const place = placeOf(part, reading);
    if (place) places.set(key, place);
  }
  const value: Container = kind === "list" ? own.map(([, item]) => item) : Object.fromEntries([...merged, ...own]);
  reading.places.set(value, places);
  return value;
}

/** The entries that `<<` brings in: of several maps, the first that has a key. */
const mergedOf = (value: Json): readonly (readonly [string, Json])[] => {
  const maps = Array.isArray(value) ? value.toReversed() : [value];
  return maps.flatMap((map) => (isObject(map) ? Object.entries(map) : []));
};

/** Reads the documents of a YAML text, or says what its parser has against it. */
export function readYaml(text: string, position: At = positionsOf(text)): readonly Document[] | Unreadable {
  const parsed = parseAllDocuments(text, { prettyErrors: false, logLevel: "silent", keepSourceTokens: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) return { error: error.message.split("\n", 1)[0]!.replace(/[.:\s]+$/, ""), place: position(error.pos[0]) };
  const reading: Reading = { places: new Map(), anchors: new Map(), unfinished: [] };
  const found = documents.flatMap(({ contents }): readonly Document[] => {
    reading.anchors.clear();
    return contents ? [{ value: convert(contents, reading), at: placesIn(reading.places, { text, position }) }] : [];
  });
  const [unfinished] = reading.unfinished;
  return unfinished === undefined
    ? found
    : { error: `the anchor "${unfinished}" holds itself or is not there`, refused: true };
}
