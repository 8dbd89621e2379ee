import type { JsonObject } from "../json.ts";
import type { Entity, Kind, State } from "../model/model.ts";
import { WORDS } from "../vocabulary/kinds.ts";
import { apartOf } from "./apart.ts";
import type { Detail } from "./detail.ts";
import type { Pairing } from "./match.ts";
import { merged } from "./merge.ts";
import type { Subject } from "./report.ts";
import { walk } from "./walk.ts";

const MOVES_WITH_ANOTHER: readonly Kind[] = ["panel", "file", "wrapper", "retired"];
/** The file of a thing is one of its facts. */
const comparable = ({ kind, file, body }: Entity): JsonObject =>
  MOVES_WITH_ANOTHER.includes(kind) ? body : { ...body, $file: file };

/** What is said of a thing of a state. */
const subject = (entity: Entity, state: State, about: Partial<Subject>): Subject => ({
  kind: entity.kind,
  title: entity.title,
  apart: apartOf(entity, state),
  id: entity.id,
  status: "changed",
  note: "",
  details: [],
  from: undefined,
  to: undefined,
  effects: [],
  ...about,
});

type Around = Readonly<{ states: Pairing<State>; around?: readonly Detail[] }>;
/** What changed between two versions of one thing; `around` is what only its surroundings know. */
export function changed(from: Entity, to: Entity, { states, around = [] }: Around): Subject | undefined {
  const side = (entity: Entity, state: State) => ({ state, entity, part: entity.body });
  const where = { scope: WORDS[to.kind].scope, rel: [], noun: "", path: "" };
  const sides = { from: side(from, states.from), to: side(to, states.to) };
  const details = merged([...around, ...walk({ from: comparable(from), to: comparable(to) }, { ...where, ...sides })]);
  return details.length > 0 ? subject(to, states.to, { details, from, to }) : undefined;
}

type Alone = Readonly<{ state: State; note?: string }>;
/** A thing that only one state has. */
export function alone(entity: Entity, status: "added" | "removed", { state, note }: Alone): Subject {
  const summary = note ?? WORDS[entity.kind].summary?.(entity, state) ?? "";
  return subject(entity, state, { status, note: summary, [status === "removed" ? "from" : "to"]: entity });
}
