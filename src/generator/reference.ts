import type { Mail } from "../alerting/mails.ts";
import type { NotificationFile, RuleFile } from "../alerts/provisioning.ts";
import { type Alert, condition } from "../alerts/rule.ts";
import type { Config } from "../core/config/schema.ts";
import { parseDuration } from "../core/durations.ts";
import { table as markdownTable } from "../core/markdown.ts";
import { type Duration, inFrench, type Quantity, seconds } from "../core/units.ts";
import type { Dashboard, Panel } from "../dashboards/sdk.ts";
import { exampleMail } from "./reference-mails.ts";

const GRAFANA = "http://localhost:3000";
const UNITS: Record<string, string> = {
  s: "secondes",
  decbytes: "octets (1 Mo = 10⁶ octets)",
  percentunit: "ratio, affiché en %",
  locale: "nombre",
  short: "nombre par durée",
  dateTimeAsIso: "date et heure",
};

type Catalogued = Readonly<{
  dashboards: readonly Dashboard[];
  alerts: readonly [Alert, RuleFile][];
  notifications: NotificationFile;
}>;

/** The catalogue for managers and reviewers, in French: every dashboard, panel, query, unit, threshold, alert, mail. */
export function reference(config: Config, { dashboards, alerts, notifications }: Catalogued): string {
  const mailed = { config, notifications, externalURL: `${GRAFANA}/` };
  const panels = dashboards.flatMap(({ uid, panels = [] }) =>
    (panels as Panel[]).map((panel) => ({ uid: uid!, panel })),
  );
  const title = (uid: string, id: number) =>
    panels.find((found) => found.uid === uid && found.panel.id === id)?.panel.title ?? "";
  return `${[
    "# Catalogue de la surveillance de l'ingestion",
    "Produit par `npm run build` ; ne pas modifier à la main.",
    `${dashboards.length} tableaux de bord, ${panels.length} panneaux, ${alerts.length} alertes. Conservation : ${inFrench(config.retention)}.`,
    "## Alertes",
    alertTable(alerts, title),
    ...alerts.map(([alert, file]) => alertSection(alert.name, file, exampleMail(alert, file, mailed))),
    "## Sources attendues",
    sourceTable(config),
    "## Tableaux de bord",
    ...dashboards.map(dashboardSection),
  ].join("\n\n")}\n`;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const table = (head: string[], rows: string[][]) =>
  markdownTable(
    head.map(cell),
    rows.map((row) => row.map(cell)),
  );
/** A query under its name, which stands on a line of its own where the query has several. */
const step = (name: string, query: string) => `${name}:${query.includes("\n") ? "\n" : " "}${query}`;
const code = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;
const panelUrl = (uid: string, id: number) => `${GRAFANA}/d/${uid}?viewPanel=${id}`;

const SEVERITIES = { critical: "critique", warning: "avertissement" } as const;
/** A duration of a provisioning file, in French. */
const spoken = (text: string) => inFrench(seconds(parseDuration(text)));

function alertTable(alerts: Catalogued["alerts"], title: (uid: string, id: number) => string): string {
  return table(
    ["Alerte", "Se déclenche quand", "Fenêtre", "Pendant", "Gravité", "Évaluée toutes les", "Panneau", "Procédure"],
    alerts.map(([alert, { groups }]) => {
      const rule = groups[0]!.rules[0]!;
      const window = seconds(rule.data[0]!.relativeTimeRange.from);
      const link = `[${title(rule.dashboardUid, rule.panelId)}](${panelUrl(rule.dashboardUid, rule.panelId)})`;
      return [
        `[${rule.title}](grafana-provisioning/alerting/${alert.name}.yml)`,
        condition(alert),
        inFrench(window),
        spoken(rule.for),
        SEVERITIES[rule.labels.severity as keyof typeof SEVERITIES],
        spoken(groups[0]!.interval),
        link,
        `[${alert.name}](../docs/runbooks/${alert.name}.md)`,
      ];
    }),
  );
}

function alertSection(name: string, { groups }: RuleFile, { subject, text }: Mail): string {
  const rule = groups[0]!.rules[0]!;
  const steps = rule.data.map(({ refId, model }) => step(refId, "expr" in model ? model.expr : JSON.stringify(model)));
  return [
    `### ${rule.title} (\`${name}\`)`,
    "Le courriel, pour un exemple :",
    code("text", `Objet : ${subject}\n\n${text.trimEnd()}`),
    "Ce qui est évalué :",
    code("logql", steps.join("\n")),
  ].join("\n\n");
}

const sourceTable = ({ sources: { expected, retired, maxSilence, memory } }: Config) =>
  [
    table(
      ["Source", "Silence maximal"],
      expected.map(({ source, maxSilence: own }: { source: string; maxSilence?: Duration | undefined }) => [
        source,
        inFrench(own ?? maxSilence),
      ]),
    ),
    `Toute autre source vue depuis ${inFrench(memory)} est attendue aussi, avec ${inFrench(maxSilence)}. Sources retirées : ${retired.length > 0 ? retired.join(", ") : "aucune"}.`,
  ].join("\n\n");

const dashboardSection = ({ uid, title, description, panels = [], templating, annotations }: Dashboard): string =>
  [
    `### [${title}](${GRAFANA}/d/${uid})`,
    `${description} Fichier : [${uid}.json](grafana-provisioning/dashboards/${uid}.json).`,
    ...(panels as Panel[]).map((panel) => panelSection(uid!, panel)),
    code("logql", sharedQueries(templating?.list ?? [], annotations?.list ?? []).join("\n")),
  ].join("\n\n");

/** What the variables choose from and what the annotations show. */
const sharedQueries = (
  variables: NonNullable<Dashboard["templating"]>["list"] & object,
  annotations: NonNullable<Dashboard["annotations"]>["list"] & object,
) => [
  ...variables.flatMap(({ name, query }) => (typeof query === "object" ? [`variable ${name}: ${query.stream}`] : [])),
  ...annotations.map(({ name, expr }) => `annotation ${name}: ${expr}`),
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
    `#### ${title(panel)}`,
    panel.description ?? "",
    facts.join(" · "),
    code("logql", queries.map(({ refId, expr, queryType }) => step(`${refId} (${queryType})`, expr)).join("\n")),
  ].join("\n\n");
}

const title = ({ title = "" }: Panel) => title;

function unitsOf(panel: Panel): string[] {
  const { defaults, overrides } = panel.fieldConfig!;
  const ids = [
    defaults.unit,
    ...overrides.flatMap(({ properties }) =>
      properties.filter(({ id }) => id === "unit").map(({ value }) => String(value)),
    ),
  ];
  return [...new Set(ids.filter((id) => id !== undefined).map((id) => UNITS[id] ?? id))];
}

/** The thresholds that a panel draws, each with the unit of its field. */
function drawnThresholds({ fieldConfig }: Panel): string[] {
  const { defaults, overrides } = fieldConfig!;
  const fields = [
    { unit: defaults.unit, thresholds: defaults.thresholds },
    ...overrides.map(({ properties }) => {
      const value = (id: string) => properties.find((property) => property.id === id)?.value;
      return { unit: value("unit") ?? defaults.unit, thresholds: value("thresholds") };
    }),
  ];
  const values = fields.flatMap(({ unit, thresholds }) =>
    (thresholds?.steps ?? []).flatMap(({ value }: { value: number | null }) =>
      value === null ? [] : [inFrench({ value, unit } as Quantity)],
    ),
  );
  return [...new Set<string>(values)];
}
