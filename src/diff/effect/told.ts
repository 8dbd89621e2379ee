import type { Report } from "../compare/report.ts";
import { DiffError } from "../errors.ts";
import type { State } from "../model/model.ts";
import { withEffects } from "./effects.ts";
import { evaluator } from "./evaluate.ts";
import { isWithoutLoki, withLoki } from "./with-loki.ts";

/** `url` of a running Loki; `asked` when the user wants the effect, whatever it takes. */
type Options = Readonly<{ url: string | undefined; asked: boolean; print: (line: string) => void }>;

/** The report with its effects; where nobody asked for them and no Loki can be had, the report as it is and one sentence about that. */
export async function told(
  report: Report,
  states: Readonly<{ from: State; to: State }>,
  { url, asked, print }: Options,
): Promise<Readonly<{ report: Report; missing: string }>> {
  try {
    const full = await withLoki({ url, print }, (loki) => withEffects(report, states, evaluator(loki, { tellsOfNone: asked })));
    return { report: full, missing: "" };
  } catch (error) {
    if (!isWithoutLoki(error)) throw error;
    const sentence = `The effect cannot be told: ${error.message.replace(/\.$/, "")}.`;
    if (asked) throw new DiffError(sentence, { cause: error });
    return { report, missing: `${sentence}\n` };
  }
}
