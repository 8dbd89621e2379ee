import { type Part, recognise as recogniseParts } from "../../../core/documents/recognise.ts";
import { restOf } from "../../../core/documents/rest.ts";
import { asList, asText, isList, isObject, type Json, without } from "../json.ts";
import { alertingOf, aloneOf } from "./alerting.ts";
import { dashboardOf } from "./dashboard.ts";
import { dashboardV2Of } from "./dashboard-v2.ts";
import type { Dashboard, Entity, Kind, State } from "./model.ts";
import { withoutSecrets } from "./secrets.ts";

/** What a part is, and what of it is told nowhere else. */
type Read = Readonly<{ dashboard?: Dashboard; others?: readonly Entity[]; rest?: Json }>;

/** Things that one list of a provisioning file names, one entity each. */
const named = (kind: Kind, { file, list }: Readonly<{ file: string; list: Json | undefined }>): readonly Entity[] =>
  asList(list).map((item) => {
    const body = isObject(item) ? withoutSecrets(item) : { value: item };
    const [id, title] = [asText(body.uid), asText(body.name)];
    return { kind, id, title: title ?? id ?? "", file, body };
  });

/** A panel that stands alone is told as the only one of a dashboard. */
function loneDashboard(file: string, part: Part): Dashboard {
  const { body } = part;
  if (part.kind === "panel") return dashboardOf(file, { title: file, panels: [body] });
  const { model, ...about } = body;
  return dashboardOf(file, { title: asText(body.name) ?? file, ...without(about, "name"), panels: [model!] });
}

function readPart(file: string, part: Part): Read {
  const { kind, body, named: name } = part;
  if (kind === "dashboard") {
    const uid = body.uid === undefined && name !== undefined && { uid: name };
    return { dashboard: dashboardOf(file, { ...body, ...uid }) };
  }
  if (kind === "dashboard v2") return { dashboard: dashboardV2Of(file, { spec: body, id: name }) };
  if (kind === "library panel" || kind === "panel") return { dashboard: loneDashboard(file, part) };
  if (kind !== "alerting") return { others: aloneOf(file, part) };
  const { entities, rest } = alertingOf(file, body);
  return { others: entities, ...(Object.keys(rest).length > 0 && { rest }) };
}

/** What is no part: Loki's or Promtail's configuration, the lists of Grafana's other provisioning files, any file. */
function leftIn(file: string, document: Json): readonly Entity[] {
  const whole = { id: undefined, file, title: file };
  if (!isObject(document)) return [{ ...whole, kind: "file", body: { value: document } }];
  if (isObject(document.schema_config) || isObject(document.limits_config))
    return [{ ...whole, kind: "loki", title: "Loki", body: document }];
  if (isList(document.scrape_configs)) return [{ ...whole, kind: "promtail", title: "Promtail", body: document }];
  const things = [
    ...named("data source", { file, list: document.datasources }),
    ...named("provider", { file, list: document.providers }),
  ];
  const rest = without(document, ...["datasources", "providers"].filter((key) => asList(document[key]).length > 0));
  const isEmpty = things.length > 0 && Object.keys(rest).length === 0;
  return isEmpty ? things : [...things, { ...whole, kind: "file", body: rest }];
}

/** Says what a document is, by what it contains, and finds the things in it; nothing of it is left out. */
export function recognise(file: string, document: Json): State {
  const recognised = recogniseParts({ value: document, at: () => () => ({ line: 1, column: 1 }) });
  const read = new Map(recognised.parts.map((part) => [JSON.stringify(part.path), readPart(file, part)]));
  const leftOf = (path: readonly string[]) => read.get(JSON.stringify(path))?.rest;
  const rest = read.size === 0 ? document : restOf(document, { ...recognised, leftOf });
  const parts = [...read.values()];
  const left = rest === undefined ? [] : leftIn(file, rest);
  const dashboards = parts.flatMap(({ dashboard }) => dashboard ?? []);
  const others = parts.flatMap((part) => part.others ?? []);
  const isAlone = dashboards.length + others.length + left.length === 1;
  const around = (entity: Entity): Entity =>
    entity.kind === "file" && !isAlone ? { ...entity, kind: "wrapper" } : entity;
  return { dashboards, others: [...others, ...left.map(around)] };
}
