import { asList, asNumber, asObject, asText, get, isObject, type Json, type JsonObject, without } from "../json.ts";
import type { Box, Dashboard, Panel } from "./model.ts";

/** The places of a grid layout by the names of their elements. */
function boxesOf(layout: Json | undefined): ReadonlyMap<string, Box> {
  return new Map(
    asList(get(layout, "spec", "items")).flatMap((item) => {
      const spec = get(item, "spec");
      const name = asText(get(spec, "element", "name"));
      const [x, y, w, h] = ["x", "y", "width", "height"].map((key) => asNumber(get(spec, key)));
      return name !== undefined && x !== undefined && y !== undefined && w !== undefined && h !== undefined
        ? [[name, { x, y, w, h }] as const]
        : [];
    }),
  );
}

/** The parts of a panel of schema v2 under the names that a classic one gives them. */
function bodyOf(element: JsonObject): JsonObject {
  const { data, vizConfig, ...spec } = asObject(element.spec);
  const viz = asObject(vizConfig);
  const { fieldConfig, options, ...vizSpec } = asObject(viz.spec);
  const targets = asList(get(data, "spec", "queries")).map((item): Json => {
    const { query, hidden, ...rest } = asObject(get(item, "spec"));
    const { spec: inside, ...source } = asObject(query);
    return {
      ...rest,
      ...(hidden !== undefined && { hide: hidden }),
      ...(Object.keys(source).length > 0 && { $query: source }),
      ...asObject(inside),
    };
  });
  const { queries, ...dataSpec } = asObject(get(data, "spec"));
  const classic = {
    ...(fieldConfig !== undefined && { fieldConfig }),
    ...(options !== undefined && { options }),
    ...(queries !== undefined && { targets }),
  };
  const others = {
    ...(element.kind !== "Panel" && { $kind: element.kind ?? null }),
    ...(isObject(vizConfig) && { $viz: { ...without(viz, "spec"), ...vizSpec } }),
    ...(isObject(data) && { $data: { ...without(data, "spec"), ...dataSpec } }),
  };
  return { ...spec, ...classic, ...others };
}

/** Reads a dashboard of schema v2 (its `spec`): its elements are its panels. */
export function dashboardV2Of(file: string, spec: JsonObject, name: string | undefined): Dashboard {
  const boxes = boxesOf(spec.layout);
  const elements = Object.entries(asObject(spec.elements)).map(([key, element]) => ({
    key,
    element: isObject(element) ? element : { spec: { value: element } },
  }));
  const panels = elements.map(({ key, element }, index): Panel => {
    const box = boxes.get(key);
    const body = bodyOf(element);
    const id = body.id === undefined ? key : String(body.id);
    const place = { box: box ?? { x: 0, y: index, w: 1, h: 1 }, placed: box !== undefined };
    return {
      kind: "panel",
      id,
      key,
      title: asText(body.title) ?? key,
      file,
      body,
      ...place,
      row: undefined,
      hidden: false,
    };
  });
  const all = elements.every(({ key }) => boxes.has(key));
  const layout = all
    ? { ...asObject(spec.layout), spec: without(asObject(get(spec.layout, "spec")), "items") }
    : spec.layout;
  const body = { ...without(spec, "elements", "layout"), ...(layout !== undefined && { layout }) };
  return { kind: "dashboard", id: name, title: asText(spec.title) ?? "", file, body, panels };
}
