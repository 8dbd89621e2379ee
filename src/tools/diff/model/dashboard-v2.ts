import { asList, asObject, asText, get, isObject, type Json, type JsonObject, without } from "../json.ts";
import { dashboardOf } from "./dashboard.ts";
import type { Dashboard } from "./model.ts";

/** The places of a grid layout by the names of their elements. */
const placesOf = (layout: Json | undefined): ReadonlyMap<string | undefined, JsonObject> =>
  new Map(
    asList(get(layout, "spec", "items")).map((item) => {
      const { element, width, height, ...place } = asObject(get(item, "spec"));
      return [asText(get(element, "name")), { ...place, w: width ?? null, h: height ?? null }];
    }),
  );

/** A part without its `spec`, and the `spec` without what is told elsewhere. */
const around = (part: Json, ...keys: readonly string[]) => ({
  ...without(asObject(part), "spec"),
  ...without(asObject(get(part, "spec")), ...keys),
});

type Placed = Readonly<{ key: string; gridPos: JsonObject | undefined }>;
/** A panel of schema v2 with its parts under the names that a classic one gives them. */
function panelOf(element: Json, { key, gridPos }: Placed): JsonObject {
  const { data = null, vizConfig = null, ...spec } = asObject(get(element, "spec"));
  const { fieldConfig, options } = asObject(get(vizConfig, "spec"));
  const targets = asList(get(data, "spec", "queries")).map((item): JsonObject => {
    const { query = null, ...rest } = asObject(get(item, "spec"));
    return {
      ...rest,
      $query: around(query, ...Object.keys(asObject(get(query, "spec")))),
      ...asObject(get(query, "spec")),
    };
  });
  return {
    id: key,
    title: key,
    ...(isObject(element) ? without(element, "spec") : { value: element }),
    ...spec,
    ...(fieldConfig !== undefined && { fieldConfig }),
    ...(options !== undefined && { options }),
    targets,
    $viz: around(vizConfig, "fieldConfig", "options"),
    $data: around(data, "queries"),
    ...(gridPos && { gridPos }),
  };
}

type Read = Readonly<{ spec: JsonObject; id: string | undefined }>;
/** Reads a dashboard of schema v2 (its `spec`): its elements are its panels. */
export function dashboardV2Of(file: string, { spec, id }: Read): Dashboard {
  const { elements = {}, layout, ...rest } = spec;
  const places = placesOf(layout);
  const panels = Object.entries(asObject(elements)).map(([key, element]) =>
    panelOf(element, { key, gridPos: places.get(key) }),
  );
  const isGrid = Object.keys(asObject(elements)).every((key) => places.has(key));
  const left = layout !== undefined && { layout: isGrid ? around(layout, "items") : layout };
  return { ...dashboardOf(file, { ...rest, ...left, panels }), id };
}
