import { dashboards } from "../queries/places.ts";
import { type Builder, DashboardLinkBuilder, DashboardLinkType, type DynamicConfigValue } from "./sdk.ts";

const titles = {
  [dashboards.health]: "1 · Santé de l'ingestion",
  [dashboards.errors]: "2 · Erreurs et engagements",
  [dashboards.performance]: "3 · Performance et ressources",
  [dashboards.logs]: "4 · Journaux et débogage",
} as const;

export type DashboardUid = keyof typeof titles;
export const titleOf = (uid: DashboardUid) => titles[uid];

/** Without the SDK's default placement, which hides links and annotations in a menu. */
export const visible = <T extends { placement?: unknown }>(builder: Builder<T>): Builder<T> => ({
  build: () => {
    const { placement: _, ...shown } = builder.build();
    return shown as T;
  },
});

const link = (title: string, url: string) =>
  new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).tags([]);

/** Marks the four dashboards, which lead to each other by it. */
export const TAG = "ingestion";
/** A menu of the three other dashboards that fits beside the time picker; it keeps the time range and the variables. */
export const otherDashboards = () =>
  visible(
    new DashboardLinkBuilder("Tableaux")
      .type(DashboardLinkType.Dashboards)
      .tags([TAG])
      .asDropdown(true)
      .includeVars(true)
      .keepTime(true),
  );

/** Where a panel's data keep the source of what is pointed at. */
type SourceAt = "__field.labels.source" | "__data.fields.source" | "__field.name";

/** From a source to its records in the debugging table, over the same time range. */
export const toLogsOfSource = (at: SourceAt) =>
  visible(link("Journaux de cette source", `/d/${dashboards.logs}?var-source=\${${at}}&\${__url_time_range}`));

/** The same link, as an override of one field. */
export const linkFrom = (at: SourceAt): DynamicConfigValue => ({ id: "links", value: [toLogsOfSource(at).build()] });
