import { around, classicPanel } from "../../../core/documents/dashboard-v2.ts";
import { asList, asObject, asText, get, type Json, type JsonObject } from "../json.ts";
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

type Read = Readonly<{ spec: JsonObject; id: string | undefined }>;
/** Reads a dashboard of schema v2 (its `spec`): its elements are its panels. */
export function dashboardV2Of(file: string, { spec, id }: Read): Dashboard {
  const { elements, layout, ...rest } = spec;
  const places = placesOf(layout);
  const panels = Object.entries(asObject(elements)).map(([key, element]): JsonObject => {
    const gridPos = places.get(key);
    return { id: key, title: key, ...classicPanel(element), ...(gridPos && { gridPos }) };
  });
  const isGrid = panels.every(({ gridPos }) => gridPos !== undefined);
  const left = layout !== undefined && { layout: isGrid ? around(layout, "items") : layout };
  return { ...dashboardOf(file, { ...rest, ...left, panels }), id };
}
