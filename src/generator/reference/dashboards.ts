import { GRAFANA_FOLDER } from "../../core/places.ts";
import { inFrench, type Quantity } from "../../core/units.ts";
import type { Dashboard, Panel } from "../../dashboards/sdk.ts";
import { code, GRAFANA, panelUrl, step } from "./pieces.ts";

const UNITS: Record<string, string> = {
  s: "secondes",
  decbytes: "octets (1 Mo = 10⁶ octets)",
  percentunit: "ratio, affiché en %",
  locale: "nombre",
  short: "nombre par durée",
  dateTimeAsIso: "date et heure",
};

/** A dashboard with its panels, and the queries of its variables and annotations. */
export function dashboardSection(dashboard: Dashboard): string {
  const { uid, title, description, panels = [] } = dashboard;
  return [
    `### [${title}](${GRAFANA}/d/${uid})`,
    `${description} Fichier : [${uid}.json](${GRAFANA_FOLDER}/dashboards/${uid}.json).`,
    ...(panels as Panel[]).map((panel) => panelSection(uid!, panel)),
    code("logql", sharedQueries(dashboard).join("\n")),
  ].join("\n\n");
}

/** What the variables choose from and what the annotations show. */
const sharedQueries = ({ templating, annotations }: Dashboard) => [
  ...(templating?.list ?? []).flatMap(({ name, query }) =>
    typeof query === "object" ? [`variable ${name}: ${query.stream}`] : [],
  ),
  ...(annotations?.list ?? []).map(({ name, expr }) => `annotation ${name}: ${expr}`),
];

function panelSection(uid: string, panel: Panel): string {
  const queries = (panel.targets ?? []) as unknown as { refId: string; expr: string; queryType: string }[];
  const facts = [
    `[Ouvrir](${panelUrl(uid, panel.id!)})`,
    `type \`${panel.type}\``,
    `unité : ${unitsOf(panel).join(", ")}`,
  ];
  const drawn = drawnThresholds(panel);
  if (drawn.length > 0) facts.push(`seuil : ${drawn.join(", ")}`);
  return [
    `#### ${panel.title}`,
    panel.description!,
    facts.join(" · "),
    code("logql", queries.map(({ refId, expr, queryType }) => step(`${refId} (${queryType})`, expr)).join("\n")),
  ].join("\n\n");
}

type Field = Readonly<{ unit?: string; thresholds?: Readonly<{ steps: readonly { value: number | null }[] }> }>;
/** What a panel says of all its fields, then of some. */
function fieldsOf({ fieldConfig }: Panel): readonly Field[] {
  const { defaults, overrides } = fieldConfig!;
  return [
    defaults,
    ...overrides.map(({ properties }) => Object.fromEntries(properties.map(({ id, value }) => [id, value]))),
  ];
}

const unitsOf = (panel: Panel): string[] => [
  ...new Set(fieldsOf(panel).flatMap(({ unit }) => (unit === undefined ? [] : [UNITS[unit] ?? unit]))),
];

/** The thresholds that a panel draws, each with the unit of its field. */
function drawnThresholds(panel: Panel): string[] {
  const values = fieldsOf(panel).flatMap(({ unit = panel.fieldConfig!.defaults.unit, thresholds }) =>
    (thresholds?.steps ?? []).flatMap(({ value }) => (value === null ? [] : [inFrench({ value, unit } as Quantity)])),
  );
  return [...new Set(values)];
}
