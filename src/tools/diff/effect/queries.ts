import { durationSeconds } from "../../../core/durations.ts";
import type { Subject } from "../compare/report.ts";
import { asList, asText, equal, get, type Json } from "../json.ts";
import type { Dashboard, Entity, Panel, State } from "../model/model.ts";
import { quoted } from "../vocabulary/scope.ts";
import { unitOfTarget } from "../vocabulary/units.ts";

/** A query as its panel asks it. `range` is what the panel shows by default, `minimumStep` the finest step of a curve; in seconds. */
export type Asked = Readonly<{
  expr: string;
  instant: boolean;
  range: number;
  minimumStep: number;
  unit: string | undefined;
  variables: readonly Json[];
}>;
/** A query that both states have, otherwise than before; `name` is empty for the only one of a panel. */
export type ChangedQuery = Readonly<{ name: string; from: Asked; to: Asked }>;
type Named = ReadonlyMap<string, Asked>;

const DEFAULT_RANGE = 6 * 3600;

/** The seconds that a dashboard shows when it is opened; what is no plain `now-6h` to `now` is taken for six hours. */
function rangeOf({ body }: Entity, own?: Json): number {
  const from = asText(own) ?? /^now-(\w+)$/.exec(asText(get(body, "time", "from")) ?? "")?.[1];
  return durationSeconds(from ?? "") || DEFAULT_RANGE;
}

const isOfLoki = (...places: readonly (Json | undefined)[]): boolean =>
  places.map((place) => asText(get(place, "datasource", "type"))).find(Boolean) === "loki";

function ofPanel(panel: Panel, { dashboards }: State): Named {
  const dashboard = dashboards.find(({ panels }) => panels.includes(panel))!;
  const targets = asList(panel.body.targets).filter((target) => isOfLoki(target, panel.body));
  return new Map(
    targets.flatMap((target) => {
      const [refId, expr] = [asText(get(target, "refId")), asText(get(target, "expr"))];
      if (refId === undefined || expr === undefined) return [];
      const step = asText(get(target, "step")) ?? asText(get(target, "interval")) ?? asText(panel.body.interval);
      const asked: Asked = {
        expr,
        instant: get(target, "queryType") === "instant" || get(target, "instant") === true,
        range: rangeOf(dashboard, panel.body.timeFrom),
        minimumStep: durationSeconds(step ?? "") ?? 0,
        unit: unitOfTarget(panel, refId),
        variables: asList(get(dashboard.body, "templating", "list")),
      };
      return [[targets.length > 1 ? `query ${refId}` : "", asked] as const];
    }),
  );
}

const ofAnnotations = (dashboard: Dashboard): Named =>
  new Map(
    asList(get(dashboard.body, "annotations", "list")).flatMap((annotation) => {
      const [name, expr] = [
        asText(get(annotation, "name")),
        asText(get(annotation, "expr")) ?? asText(get(annotation, "target", "expr")),
      ];
      if (name === undefined || expr === undefined || !isOfLoki(annotation, get(annotation, "target"))) return [];
      const variables = asList(get(dashboard.body, "templating", "list"));
      return [
        [
          `annotation ${quoted(name)}`,
          { expr, instant: false, range: rangeOf(dashboard), minimumStep: 0, unit: undefined, variables },
        ] as const,
      ];
    }),
  );

function queriesOf(entity: Entity | undefined, state: State): Named {
  if (entity?.kind === "panel") return ofPanel(entity as Panel, state);
  return entity?.kind === "dashboard" ? ofAnnotations(entity as Dashboard) : new Map();
}

const asks = ({ expr, instant, minimumStep }: Asked): Json => [expr, instant, minimumStep];

/** The queries of a panel, or of a dashboard's annotations, that ask Loki something else than before. */
export function changedQueries(
  { from, to }: Subject,
  states: Readonly<{ from: State; to: State }>,
): readonly ChangedQuery[] {
  const [before, after] = [queriesOf(from, states.from), queriesOf(to, states.to)];
  // A query that got company is still the one without a letter.
  const [only] = before.size === 1 ? [...before.values()] : [];
  return [...after].flatMap(([name, asked]) => {
    const old = before.get(name) ?? (after.size === 1 ? only : undefined);
    return old && !equal(asks(old), asks(asked)) ? [{ name, from: old, to: asked }] : [];
  });
}
