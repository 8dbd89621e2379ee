import { asList, asObject, get, isObject, type Json, type JsonObject, without } from "./json.ts";

/** A part without its `spec`, and the `spec` without what stands elsewhere. */
export const around = (part: Json, ...keys: readonly string[]): JsonObject => ({
  ...without(asObject(part), "spec"),
  ...without(asObject(get(part, "spec")), ...keys),
});

/** A query with what it asks beside its letter, as a classic target has it. */
function targetOf(item: Json): JsonObject {
  const { query = null, hidden } = asObject(get(item, "spec"));
  const [asked, hide] = [asObject(get(query, "spec")), hidden !== undefined && { hide: hidden }];
  return { ...around(item, "query", "hidden"), ...hide, $query: around(query, ...Object.keys(asked)), ...asked };
}

/** An element of a dashboard of schema v2: all of its parts, under the names that a classic panel gives them. */
export function classicPanel(element: Json): JsonObject {
  const { data = null, vizConfig = null, ...spec } = asObject(get(element, "spec"));
  const { fieldConfig, options } = asObject(get(vizConfig, "spec"));
  const { queries, transformations } = asObject(get(data, "spec"));
  // In first drafts, the kind named the plugin.
  const plugin = get(vizConfig, "group") === undefined ? "kind" : "group";
  const type = get(vizConfig, plugin);
  return {
    ...(isObject(element) ? without(element, "spec") : { value: element }),
    ...spec,
    ...(type !== undefined && { type }),
    ...(fieldConfig !== undefined && { fieldConfig }),
    ...(options !== undefined && { options }),
    transformations: asList(transformations).map((item) => around(item)),
    targets: asList(queries).map(targetOf),
    $viz: without(around(vizConfig, "fieldConfig", "options"), plugin),
    $data: around(data, "queries", "transformations"),
  };
}
