import { inProcess } from "../../../alerting/in-process.ts";
import { assertTenants, runningLoki } from "../../../alerting/loki.ts";
import type { Stores } from "../../../alerting/store.ts";
import { UserError } from "../../../core/errors.ts";
import type { Report } from "../compare/report.ts";
import type { State } from "../model/model.ts";
import { withEffects } from "./effects.ts";
import { evaluator } from "./evaluate.ts";
import type { OwnRecords } from "./own.ts";

/** `url` of a running Loki to ask instead of the engine in process; `tellsOfNone`: say of which rules no scenario is. */
type Options = Readonly<{ url: string | undefined; tellsOfNone: boolean; own?: OwnRecords | undefined }>;

async function running(url: string): Promise<Stores> {
  await assertTenants(url.replace(/\/+$/, ""));
  return runningLoki(url);
}

/** The report with what its changes do to the scenarios' verdicts and to the sample's values. */
export async function told(
  report: Report,
  states: Readonly<{ from: State; to: State }>,
  { url, tellsOfNone, own }: Options,
): Promise<Report> {
  try {
    return await withEffects(
      report,
      states,
      evaluator(url === undefined ? inProcess : await running(url), { tellsOfNone, own }),
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`The effect cannot be told: ${error.message.replace(/\.$/, "")}.`, { cause: error });
  }
}
