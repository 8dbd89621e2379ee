import { asList, asText, get } from "../json.ts";
import type { Panel } from "../model/model.ts";

/** The unit that a panel shows the query of that letter in: its override's, that of the table column which it becomes, or the panel's own. */
export function unitOfTarget({ body }: Panel, refId: string | undefined): string | undefined {
  const columns = asList(body.transformations).map((one) =>
    asText(get(one, "options", "renameByName", `Value #${refId}`)),
  );
  const isMeant = (id: string | undefined, options: string | undefined) =>
    options !== undefined &&
    ((id === "byFrameRefID" && options === refId) || (id === "byName" && columns.includes(options)));
  const units = asList(get(body, "fieldConfig", "overrides"))
    .filter((override) => isMeant(asText(get(override, "matcher", "id")), asText(get(override, "matcher", "options"))))
    .map((override) => asText(get(override, "properties", "unit")));
  return units.findLast((unit) => unit !== undefined) ?? asText(get(body, "fieldConfig", "defaults", "unit"));
}
