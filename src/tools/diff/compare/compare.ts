import { sortedBy } from "../../../core/order.ts";
import { isTombstoneOf } from "../model/alerting.ts";
import type { Entity, Kind, State } from "../model/model.ts";
import { compareDashboards } from "./dashboards.ts";
import { facts, match, type Pairing } from "./match.ts";
import type { Report, Section, Subject } from "./report.ts";
import { alone, changed } from "./subjects.ts";

type Group = Readonly<{ kind: Section["kind"]; title: string; of: readonly Kind[] }>;
const GROUPS: readonly Group[] = [
  { kind: "rules", title: "Alert rules", of: ["rule"] },
  { kind: "notifications", title: "Notifications", of: ["contact point", "policy", "mute timing", "template"] },
  { kind: "provisioning", title: "Grafana provisioning", of: ["data source", "provider", "retired"] },
  { kind: "pipeline", title: "Loki and Promtail", of: ["loki", "promtail"] },
  { kind: "files", title: "Other files", of: ["file"] },
];

const isFile = ({ kind }: Entity) => kind === "file" || kind === "wrapper";
/** A file that only came or went with what was in it needs no word; what stood around things that stay does. */
function isShell(entity: Entity, own: State, other: State): boolean {
  const isIn = ({ dashboards, others }: State) =>
    [...dashboards, ...others].some((one) => one !== entity && one.file === entity.file);
  return isFile(entity) && isIn(own) && !isIn(other);
}

/** The tombstone of something that goes at the same time is told with it. */
const goesWithOther = (tombstone: Entity, { from, to }: Pairing<State>): boolean =>
  from.others.some((one) => isTombstoneOf(tombstone, one)) && !to.others.some((one) => isTombstoneOf(tombstone, one));

function subjectsOf(kind: Kind, states: Pairing<State>): readonly Subject[] {
  const of = ({ others }: State) => others.filter((one) => one.kind === kind || (kind === "file" && isFile(one)));
  const { pairs, removed, added } = match({ from: of(states.from), to: of(states.to) }, [
    ({ id, title, file }) => facts(id ?? title, file),
    ({ id }) => id,
    ({ title }) => title || undefined,
    // A new name for what is the same but for it.
    ({ kind, file, body: { title, name, alert, uid, ...body } }) =>
      ["file", "wrapper", "retired"].includes(kind) ? undefined : facts(kind === "rule" || file, body),
  ]);
  const subjects = [
    ...pairs.flatMap(({ from, to }) => changed(from, to, { states }) ?? []),
    ...added
      .filter((entity) => !isShell(entity, states.to, states.from) && !goesWithOther(entity, states))
      .map((entity) => alone(entity, "added", { state: states.to })),
    ...removed
      .filter((entity) => !isShell(entity, states.from, states.to))
      .map((entity) => alone(entity, "removed", { state: states.from })),
  ];
  return sortedBy(subjects, ({ title, status, id }) => JSON.stringify([title, status, id ?? ""]));
}

/** Says what changed from one state to the other; empty when nothing did. The same states give the same report. */
export const compareStates = (from: State, to: State): Report => [
  ...compareDashboards({ from, to }),
  ...GROUPS.map(
    ({ kind, title, of }): Section => ({
      kind,
      title,
      apart: "",
      subjects: of.flatMap((one) => subjectsOf(one, { from, to })),
    }),
  ).filter(({ subjects }) => subjects.length > 0),
];
