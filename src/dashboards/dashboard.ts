import type { Config } from "../core/config/schema.ts";
import { UserError } from "../core/errors.ts";
import { printDuration } from "../core/units.ts";
import type { Logs } from "../queries/ast.ts";
import { datasource } from "../queries/datasource.ts";
import { print } from "../queries/print.ts";
import { chosenLabels, chosenRecords, failureEvents, refusedStreams } from "../queries/records.ts";
import { columns } from "../schema.ts";
import { type DashboardUid, otherDashboards, TAG, titleOf, visible } from "./links.ts";
import {
  AnnotationPanelFilterBuilder,
  AnnotationQueryBuilder,
  type Builder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type Panel,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "./sdk.ts";
import { target } from "./series.ts";

type Placeable = Builder<Panel> & { gridPos(at: Panel["gridPos"] & object): unknown };
type Placed = readonly [width: number, ...stack: Placeable[]];
type Row = Readonly<{ height: number; panels: readonly Placed[] }>;

/** Panels side by side, each with its width out of 24; those that share a width are stacked and share the height. */
export const row = (height: number, ...panels: readonly Placed[]): Row => ({ height, panels });

type Screen = {
  uid: DashboardUid;
  description: string;
  rows: readonly Row[];
  variables?: readonly Builder<VariableModel>[];
  /** The panel that marks events, at once or on demand: on all panels they hide the lines when everything fails. */
  events?: Readonly<{ on: number; atOnce: boolean }>;
};

/** A dashboard as it stands on screen, row by row, with the variables, links and annotations that all four share. */
export function dashboard(
  { dashboards: { range, refresh, timezone } }: Config,
  { uid, description, rows, variables = [], events }: Screen,
): Dashboard {
  const builder = new DashboardBuilder(titleOf(uid))
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone(timezone)
    .time({ from: `now-${printDuration(range)}`, to: "now" })
    .refresh(printDuration(refresh))
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .links([otherDashboards()])
    .annotation(visible(marked(failureAnnotation(), events)))
    .annotation(visible(marked(refusedStreamAnnotation(), events)))
    .variables([...sharedVariables(), ...variables]);
  let y = 0;
  for (const { height, panels } of rows) {
    let x = 0;
    for (const [width, ...stack] of panels) {
      const h = height / stack.length;
      for (const [index, panel] of stack.entries()) {
        panel.gridPos({ x, y: y + index * h, w: width, h });
        builder.withPanel(panel);
      }
      x += width;
    }
    if (x > 24)
      throw new UserError(
        `${uid}: the panels of one row are ${x} wide together, and a row has 24; nothing was written`,
      );
    y += height;
  }
  return builder.build();
}

/** "All" matches lines without the label too, so that INVALID lines show. */
export const ALL = { value: ".*", current: { selected: true, text: ["All"], value: ["$__all"] } };

/** Lines stay readable behind a wall of failures. */
const FAINT_RED = "rgba(242, 73, 92, 0.4)";

const sharedVariables = () =>
  chosenLabels.map((name, index) =>
    new QueryVariableBuilder(name)
      .label(columns[name].title)
      .datasource(datasource)
      .query({
        label: name,
        stream: print(chosenRecords(chosenLabels.slice(0, index))),
        type: 1,
        refId: `variable-${name}`,
      })
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.AlphabeticalCaseInsensitiveAsc)
      .multi(true)
      .includeAll(true)
      .allValue(ALL.value)
      .current(ALL.current),
  );

/** A dashboard without a panel for events has no switch for them either. */
const marked = (annotation: InstanceType<typeof AnnotationQueryBuilder>, events: Screen["events"]) =>
  events
    ? annotation.enable(events.atOnce).filter(new AnnotationPanelFilterBuilder().exclude(false).ids([events.on]))
    : annotation.enable(false).hide(true);

const annotation = (name: string, events: Logs) =>
  new AnnotationQueryBuilder()
    .name(name)
    .datasource(datasource)
    .expr(print(events))
    .target(target(events, { id: "Anno", asked: "range" }));

const failureAnnotation = () =>
  annotation("Échecs", failureEvents())
    .iconColor(FAINT_RED)
    .titleFormat("Échec · {{source}} · {{objet}}")
    .textFormat("{{description}}")
    .tagKeys("source,entreprise");

const refusedStreamAnnotation = () =>
  annotation("Flux refusés", refusedStreams())
    .iconColor("purple")
    .titleFormat("Enregistrement écarté : trop de flux dans Loki")
    .textFormat("{{input}}, position {{line}}");
