import type { Mail } from "../../alerting/mails.ts";
import type { NotificationFile, RuleFile } from "../../alerts/provisioning.ts";
import { type Alert, condition } from "../../alerts/rule.ts";
import type { Config } from "../../core/config/schema.ts";
import { table } from "../../core/markdown.ts";
import { GRAFANA_FOLDER } from "../../core/places.ts";
import { inFrench } from "../../core/units.ts";
import type { Dashboard, Panel } from "../../dashboards/sdk.ts";
import type { PanelRef } from "../../queries/places.ts";
import { dashboardSection } from "./dashboards.ts";
import { exampleMail } from "./mails.ts";
import { code, GRAFANA, panelUrl, step } from "./pieces.ts";

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
  const linkTo = ({ dashboard, panel: id }: PanelRef) => {
    const found = panels.find(({ uid, panel }) => uid === dashboard && panel.id === id);
    return `[${found?.panel.title}](${panelUrl(dashboard, id)})`;
  };
  return `${[
    "# Catalogue de la surveillance de l'ingestion",
    "Produit par `npm run build` ; ne pas modifier à la main.",
    `${dashboards.length} tableaux de bord, ${panels.length} panneaux, ${alerts.length} alertes. Conservation : ${inFrench(config.retention)}.`,
    "## Alertes",
    alertTable(alerts, linkTo),
    ...alerts.map(([alert, file]) => alertSection(alert, file, exampleMail(alert, file, mailed))),
    "## Sources attendues",
    sourceTable(config),
    "## Tableaux de bord",
    ...dashboards.map(dashboardSection),
  ].join("\n\n")}\n`;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const tableOf = (head: string[], rows: string[][]) =>
  table(
    head,
    rows.map((row) => row.map(cell)),
  );

const SEVERITIES = { critical: "critique", warning: "avertissement" } as const;

function alertTable(alerts: Catalogued["alerts"], linkTo: (panel: PanelRef) => string): string {
  return tableOf(
    ["Alerte", "Se déclenche quand", "Fenêtre", "Pendant", "Gravité", "Évaluée toutes les", "Panneau", "Procédure"],
    alerts.map(([alert]) => {
      const { name, title, when, timing } = alert;
      const [{ window, plottedBy }] = when;
      return [
        `[${title}](${GRAFANA_FOLDER}/alerting/${name}.yml)`,
        condition(alert),
        inFrench(window),
        inFrench(timing.for),
        SEVERITIES[timing.severity],
        inFrench(timing.every),
        linkTo(plottedBy),
        `[${name}](../docs/runbooks/${name}.md)`,
      ];
    }),
  );
}

function alertSection({ name, title }: Alert, { groups }: RuleFile, { subject, text }: Mail): string {
  const { data } = groups[0]!.rules[0]!;
  const steps = data.map(({ refId, model }) => step(refId, "expr" in model ? model.expr : JSON.stringify(model)));
  return [
    `### ${title} (\`${name}\`)`,
    "Le courriel, pour un exemple :",
    code("text", `Objet : ${subject}\n\n${text.trimEnd()}`),
    "Ce qui est évalué :",
    code("logql", steps.join("\n")),
  ].join("\n\n");
}

const sourceTable = ({ sources: { expected, retired, maxSilence, memory } }: Config) =>
  [
    tableOf(
      ["Source", "Silence maximal"],
      expected.map(({ source, maxSilence: own = maxSilence }) => [source, inFrench(own)]),
    ),
    `Toute autre source vue depuis ${inFrench(memory)} est attendue aussi, avec ${inFrench(maxSilence)}. Sources retirées : ${retired.length > 0 ? retired.join(", ") : "aucune"}.`,
  ].join("\n\n");
