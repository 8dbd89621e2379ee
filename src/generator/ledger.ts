import { uid } from "../alerts/provisioning.ts";
import { UserError } from "../core/errors.ts";
import { z } from "../core/libraries.ts";
import { sortedBy } from "../core/order.ts";

/** Where the uid of each kind is chosen; templates and data sources are known to Grafana by their name. */
const KINDS = {
  dashboard: { id: "uid", where: "src/queries/places.ts" },
  rule: { id: "uid", where: "src/alerts/" },
  "contact point": { id: "uid", where: "src/alerts/notifications.ts" },
  template: { id: "name", where: "src/alerts/notifications.ts" },
  "data source": { id: "name", where: "src/generator/outputs.ts" },
} as const;
export type Kind = keyof typeof KINDS;

/** Something that Grafana keeps by its uid (or name) until it is told to remove it. */
export type Thing = Readonly<{ kind: Kind; uid: string; title: string }>;
/** Everything that was ever generated, once: still `active`, or `retired` for ever. */
export type Ledger = readonly Readonly<Thing & { status: "active" | "retired" }>[];

/** A uid as Grafana takes it; a name may hold anything that shows. */
const IDENTITY = { uid, name: z.string().regex(/^[^\p{C}]+$/u) } as const;

const entry = z
  .strictObject({
    status: z.enum(["active", "retired"]),
    kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
    uid: z.string(),
    title: z.string(),
  })
  .refine((thing) => IDENTITY[KINDS[thing.kind].id].safeParse(thing.uid).success);

const keyOf = ({ kind, uid }: Thing): string => `${kind} ${uid}`;

/** Reads the text of a ledger, one JSON object a line; throws a `UserError` that names the first line that is none. */
export function parseLedger(text: string, name: string): Ledger {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [entry.parse(JSON.parse(line))];
    } catch (cause) {
      throw new UserError(
        `${name}:${index + 1} is no line of the ledger (${JSON.stringify(line)}): mend it as the others are, or bring the file back with git checkout -- ${name}; nothing was written`,
        { cause },
      );
    }
  });
}

/** The text of a ledger: a line for each entry, so that two branches merge without a conflict. */
export const printLedger = (ledger: Ledger): string =>
  ledger.map(({ status, kind, uid, title }) => `${JSON.stringify({ status, kind, uid, title })}\n`).join("");

const faultsOf = (retired: ReadonlySet<string>, generated: readonly Thing[]): readonly string[] =>
  generated.flatMap((thing, index) => {
    const { kind, uid, title } = thing;
    const { id, where } = KINDS[kind];
    const twin = generated.slice(0, index).find((other) => keyOf(other) === keyOf(thing));
    if (twin) return [`  ${kind} "${title}" has the ${id} "${uid}" of "${twin.title}" (${where}): give it another one`];
    if (!retired.has(keyOf(thing))) return [];
    return [
      `  ${kind} "${title}" has the ${id} "${uid}" of a ${kind} that was removed (${where}): give it another one, or, if no Grafana has seen the removal yet, set the line of "${uid}" in ledger.jsonl back to "active"`,
    ];
  });

/**
 * The ledger after a build: what is new is active, what is no longer generated is retired.
 * Throws a `UserError` for a uid that was retired, or that two things share.
 * A uid that a merge left both active and retired is retired.
 */
export function advance(ledger: Ledger, generated: readonly Thing[]): Ledger {
  const retired = new Set(ledger.filter(({ status }) => status === "retired").map(keyOf));
  const faults = faultsOf(retired, generated);
  if (faults.length > 0) throw new UserError(`a uid is never used twice; nothing was written:\n${faults.join("\n")}`);
  const things = new Map(ledger.map((one) => [keyOf(one), { ...one, status: "retired" as const }]));
  const active = generated.map((thing) => [keyOf(thing), { ...thing, status: "active" as const }] as const);
  const all = new Map<string, Ledger[number]>([...things, ...active]);
  return sortedBy([...all.values()], keyOf);
}

/** What one ledger retires that the other did not. */
export const newlyRetired = (before: Ledger, after: Ledger): readonly Thing[] => {
  const retired = (ledger: Ledger) => ledger.filter(({ status }) => status === "retired");
  const gone = new Set(retired(before).map(keyOf));
  return retired(after).filter((one) => !gone.has(keyOf(one)));
};
