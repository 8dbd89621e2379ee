import { type Grouping, type LabelFilter, type RangeAggregation, type Stage, unwrapOf } from "../ast.ts";
import { compileLineTemplate } from "../template/logql.ts";
import { labelTest } from "./filters.ts";
import { type Condition, everything, type Wanted } from "./hints.ts";

/** The labels that a condition looks at. */
function labelsOf(filter: LabelFilter): readonly string[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return [...labelsOf(filter.left), ...labelsOf(filter.right)];
    case "match":
      return [filter.matcher.label];
    default:
      return [filter.label];
  }
}

/** The labels that a stage reads; undefined where it may read any. */
function readBy(stage: Stage): readonly string[] | undefined {
  switch (stage.kind) {
    case "labelFilter":
      return labelsOf(stage.filter);
    case "unwrap":
      return [stage.label];
    case "lineFormat":
      return compileLineTemplate(stage.template).labels;
    case "labelFormat": {
      const lists = stage.formats.map((format) =>
        "from" in format ? [format.from] : compileLineTemplate(format.template).labels,
      );
      return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? []);
    }
    default:
      return [];
  }
}

/** Conditions that each look at one label, which a parser can hold a line against as soon as it reads the label. */
function conditionsOf(stages: readonly Stage[]): ReadonlyMap<string, readonly Condition[]> {
  const conditions = new Map<string, Condition[]>();
  for (const stage of stages) {
    if (stage.kind === "labelFormat") break;
    if (stage.kind !== "labelFilter" || stage.filter.kind === "and" || stage.filter.kind === "or") continue;
    const [label] = labelsOf(stage.filter);
    conditions.set(label!, [...(conditions.get(label!) ?? []), labelTest(stage.filter)]);
  }
  return conditions;
}

/** What a range aggregation needs of each line, given the labels that its result is grouped by. */
export function wantedBy({ fn, logs }: RangeAggregation, grouping: Grouping | undefined): Wanted {
  const { stages } = logs;
  if (fn !== "absent_over_time" && grouping?.kind !== "by") return { ...everything, conditions: conditionsOf(stages) };
  const reads = stages.map(readBy);
  if (reads.some((names) => names === undefined)) return everything;
  const groups = fn === "absent_over_time" ? [] : (grouping?.labels ?? []);
  return {
    required: [...new Set([...reads.flatMap((names) => names ?? []), ...groups])],
    all: false,
    unwraps: unwrapOf(logs) !== undefined,
    conditions: conditionsOf(stages),
  };
}
