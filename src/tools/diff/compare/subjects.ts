import { asText, get, type JsonObject } from "../json.ts";
import { type Entity, homeOf, isPanel, type Kind, type Panel, type State } from "../model/model.ts";
import { WORDS } from "../vocabulary/kinds.ts";
import type { Detail } from "./detail.ts";
import type { Pairing } from "./match.ts";
import { cellOf } from "./places.ts";
import type { Subject } from "./report.ts";
import { walk } from "./walk.ts";

type Word = (entity: Entity) => string | undefined;
const PANEL: readonly Word[] = [({ id }) => id && `number ${id}`, (panel) => cellOf(panel as Panel)];
const OTHER: readonly Word[] = [({ file }) => file, ({ body }) => asText(get(body, "$group", "name")), ({ id }) => id];

/** A second word for a thing whose title is not its own: a panel's number or place, another's file, group or id. */
export function apartOf(entity: Entity, state: State): string {
  const all: readonly Entity[] = [...state.dashboards, ...state.others];
  const around = isPanel(entity) ? homeOf(entity, state)!.panels : all;
  const like = around.filter(({ kind, title }) => kind === entity.kind && title === entity.title);
  if (entity.title === "" || like.length < 2) return "";
  const words = (isPanel(entity) ? PANEL : OTHER).filter((word) => word(entity) !== undefined);
  const own = words.find((word) => like.filter((one) => word(one) === word(entity)).length === 1);
  return (own ?? words.at(-1))?.(entity) ?? "";
}

const words = ({ form, change, pairs }: Detail): string =>
  JSON.stringify([form === "text", form === "query", change, pairs]);
/** The same new words in several texts, and the same window in several queries, are one change. */
const joins = ({ form, what }: Detail): boolean => form === "text" || /\bwindow\b/.test(what);

const both = (one: string, other: string): string =>
  one.split(", ").includes(other) || one === other ? one : `${one}, ${other}`;

/** One detail for two that say the same, if they do: of the same part, or the same of several parts. */
function together(one: Detail, other: Detail): Detail | undefined {
  if (words(one) !== words(other)) return undefined;
  const paths = [...one.paths, ...other.paths];
  if (one.what === other.what && (one.of === "") === (other.of === ""))
    return { ...one, of: both(one.of, other.of), paths };
  if (one.of === other.of && one.change === "changed" && joins(one) && joins(other))
    return { ...one, what: both(one.what, other.what), paths };
  return undefined;
}

/** Says once what one edit did in several places of a thing. */
function merged(details: readonly Detail[]): readonly Detail[] {
  const found: Detail[] = [];
  for (const detail of details) {
    const index = found.findIndex((other) => together(other, detail));
    if (index === -1) found.push(detail);
    else found[index] = together(found[index]!, detail)!;
  }
  return found;
}

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
