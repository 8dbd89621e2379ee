import type { Store } from "../../../alerting/store.ts";
import { UserError } from "../../../core/errors.ts";
import { Unreachable } from "../../../core/loki.ts";
import { type Answer, answerTo } from "./answers.ts";
import type { Asked, ChangedQuery } from "./queries.ts";
import { sayValues } from "./say-values.ts";

/** Records that a query is asked over, as it would be at a moment (seconds), and what they are called. */
export type Sample = Readonly<{ store: Store; at: number; place: string }>;

async function asked(query: Asked, { store, at }: Sample): Promise<Answer | string> {
  try {
    return await answerTo(query, store, at);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof Unreachable) throw error;
    return error.message;
  }
}

type Effects = Readonly<{ said: readonly string[]; silent: boolean }>;

const isEmpty = (answer: Answer | string) =>
  typeof answer !== "string" && (answer.kind === "lines" ? answer.lines : answer.series).length === 0;

async function queryEffects({ name, from, to }: ChangedQuery, sample: Sample): Promise<Effects> {
  const [before, after] = [await asked(from, sample), await asked(to, sample)];
  const of = name === "" ? "query" : name;
  // A query about other records than the sample's says nothing of its change.
  if (isEmpty(before) && isEmpty(after)) return { said: [], silent: true };
  if (typeof before !== "string" && typeof after !== "string")
    return {
      said: sayValues(
        name,
        { from: before, to: after },
        { units: { from: from.unit, to: to.unit }, place: sample.place },
      ),
      silent: false,
    };
  const said = [
    ...(typeof before === "string" ? [`the old ${of} cannot be asked: ${before}`] : []),
    ...(typeof after === "string" ? [`the new ${of} cannot be asked: ${after}`] : []),
  ];
  return { said, silent: false };
}

/** Says how the values of a thing's changed queries differ on some records. */
export async function panelEffects(queries: readonly ChangedQuery[], sample: Sample): Promise<readonly string[]> {
  const effects: Effects[] = [];
  for (const query of queries) effects.push(await queryEffects(query, sample));
  const said = effects.flatMap((effect) => effect.said);
  return said.length > 0 || effects.every(({ silent }) => silent) ? said : [`no value changes on ${sample.place}`];
}
