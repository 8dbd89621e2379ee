import { ProofError, Unreachable } from "../../proof/errors.ts";
import type { Loki } from "../../proof/loki.ts";
import { type Answer, answerTo } from "./answers.ts";
import type { Asked, ChangedQuery } from "./queries.ts";
import { sayValues } from "./say-values.ts";

/** A tenant that has the sample, whose newest record is at a moment (seconds). */
export type Sample = Readonly<{ loki: Loki; at: number }>;

async function asked(query: Asked, { loki, at }: Sample): Promise<Answer | string> {
  try {
    return await answerTo(query, loki, at);
  } catch (error) {
    if (!(error instanceof ProofError) || error instanceof Unreachable) throw error;
    return error.message;
  }
}

async function queryEffects({ name, from, to }: ChangedQuery, sample: Sample): Promise<readonly string[]> {
  const [before, after] = [await asked(from, sample), await asked(to, sample)];
  const of = name === "" ? "query" : name;
  if (typeof before !== "string" && typeof after !== "string") return sayValues(name, { from: before, to: after }, { from: from.unit, to: to.unit });
  return [
    ...(typeof before === "string" ? [`the old ${of} cannot be asked: ${before}`] : []),
    ...(typeof after === "string" ? [`the new ${of} cannot be asked: ${after}`] : []),
  ];
}

/** Says how the values of a thing's changed queries differ on the sample. */
export async function panelEffects(queries: readonly ChangedQuery[], sample: Sample): Promise<readonly string[]> {
  const said = [];
  for (const query of queries) said.push(...(await queryEffects(query, sample)));
  return said.length > 0 ? said : ["no value changes on the sample"];
}
