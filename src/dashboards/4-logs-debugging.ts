import type { Config } from "../core/config/schema.ts";
import { dashboards } from "../queries/places.ts";
import { debugColumns, foundRecords } from "../queries/records.ts";
import { columns, etats, INVALID } from "../schema.ts";
import { ALL, dashboard, row } from "./dashboard.ts";
import { CustomVariableBuilder, TextBoxVariableBuilder } from "./sdk.ts";
import { recordTable } from "./tables.ts";

const SEARCH = "recherche";

/** Every record, searched and filtered. */
export const logsDebugging = (config: Config) =>
  dashboard(config, {
    uid: dashboards.logs,
    description: "Chaque enregistrement reçu : recherche en direct, filtres par colonne, export (Inspecter → Données).",
    variables: [
      new CustomVariableBuilder(columns.etat.name)
        .label(columns.etat.title)
        .values([...etats, INVALID].join(","))
        .multi(true)
        .includeAll(true)
        .allValue(ALL.value)
        .current(ALL.current),
      new TextBoxVariableBuilder(SEARCH).label("Recherche").defaultValue(""),
    ],
    rows: [
      row(24, [
        24,
        recordTable({
          id: 1,
          title: "Enregistrements",
          description:
            "Les 1 000 enregistrements les plus récents qui contiennent le texte cherché (sans égard à la casse). Un clic ouvre la description ; filtrer par l'entonnoir d'une colonne ; exporter par le menu du panneau, Inspecter → Données.",
          query: foundRecords(SEARCH),
          columns: debugColumns,
          noValue: "aucun enregistrement",
        }),
      ]),
    ],
  });
