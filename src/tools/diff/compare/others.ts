import { sortedBy } from "../../../core/order.ts";
import { canonical } from "../json.ts";
import { isTombstoneOf } from "../model/alerting.ts";
import type { Entity, Kind, State } from "../model/model.ts";
import { alone, changed } from "./entities.ts";
import { type Identity, match, type Pairing } from "./match.ts";
import type { Section, Subject } from "./report.ts";
import { likeness } from "./similarity.ts";

type Group = Readonly<{ kind: Section["kind"]; title: string; of: readonly Kind[] }>;
const GROUPS: readonly Group[] = [
  { kind: "rules", title: "Alert rules", of: ["rule"] },
  { kind: "notifications", title: "Notifications", of: ["contact point", "policy", "mute timing", "template"] },
  { kind: "provisioning", title: "Grafana provisioning", of: ["data source", "provider", "retired"] },
  { kind: "pipeline", title: "Loki and Promtail", of: ["loki", "promtail"] },
  { kind: "files", title: "Other files", of: ["file"] },
];

const inGroup = ({ body, title }: Entity): string =>
  JSON.stringify([body.$group && (body.$group as { folder?: unknown; name?: unknown }), title]);
const alike = (least: number) => (from: Entity, to: Entity) => {
  const score = likeness(from, to);
  return score >= least ? score : undefined;
};
const byId: Identity<Entity> = ({ id }) => id;
const byTitle: Identity<Entity> = ({ title }) => title || undefined;
const byFile: Identity<Entity> = ({ file }) => file;
const IDENTITIES: Readonly<Partial<Record<Kind, readonly Identity<Entity>[]>>> = {
  rule: [byId, ({ id, file }) => id && JSON.stringify([id, file]), inGroup, byTitle],
  retired: [byId],
  file: [byFile],
  // A folder has one of each; which file it is in matters less.
  loki: [byFile, () => ""],
  promtail: [byFile, () => ""],
};

const isFile = ({ kind }: Entity) => kind === "file" || kind === "wrapper";
const things = ({ dashboards, others }: State): readonly Entity[] => [...dashboards, ...others];
/** A file that only came or went with what was in it needs no word; what stood around things that stay does. */
const isShell = (entity: Entity, own: State, other: State): boolean => {
  const inFile = (one: Entity) => one !== entity && one.file === entity.file;
  return isFile(entity) && things(own).some(inFile) && !things(other).some(inFile);
};

/** The tombstone of something that goes at the same time is told with it. */
const goesWithOther = (tombstone: Entity, { from, to }: Pairing<State>): boolean =>
  from.others.some((one) => isTombstoneOf(tombstone, one)) && !to.others.some((one) => isTombstoneOf(tombstone, one));

function subjectsOf(kind: Kind, states: Pairing<State>): readonly Subject[] {
  const of = ({ others }: State) =>
    others.filter((entity) => entity.kind === kind || (kind === "file" && isFile(entity)));
  const identities = IDENTITIES[kind] ?? [byId, byTitle];
  const likely = kind === "file" || kind === "retired" ? () => undefined : alike(kind === "rule" ? 0.7 : 0.5);
  const { pairs, removed, added } = match(of(states.from), of(states.to), {
    identities,
    contents: [
      ({ file, title, body }) => canonical([file, title, body]),
      ({ title, body }) => canonical([title, body]),
    ],
    likeness: likely,
    tie: ({ file, title, id }) => JSON.stringify([file, title, id ?? ""]),
  });
  const subjects = [
    ...pairs.flatMap(({ from, to }) => changed(from, to, states) ?? []),
    ...added
      .filter((entity) => !isShell(entity, states.to, states.from) && !goesWithOther(entity, states))
      .map((entity) => alone(entity, "added", states.to)),
    ...removed
      .filter((entity) => !isShell(entity, states.from, states.to))
      .map((entity) => alone(entity, "removed", states.from)),
  ];
  return sortedBy(subjects, ({ title, status, id }) => JSON.stringify([title, status, id ?? ""]));
}

/** The sections of what stands in no dashboard. */
export const compareOthers = (states: Pairing<State>): readonly Section[] =>
  GROUPS.map(
    ({ kind, title, of }): Section => ({ kind, title, subjects: of.flatMap((one) => subjectsOf(one, states)) }),
  ).filter(({ subjects }) => subjects.length > 0);
