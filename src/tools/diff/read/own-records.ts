import { lastOf, recordsOf } from "../../../alerting/history/period.ts";
import type { Surroundings } from "../../../core/command.ts";
import { UserError } from "../../../core/errors.ts";
import { recordsNamed } from "../../../logs/own-logs.ts";
import type { OwnRecords } from "../effect/own.ts";

const RANGE = 30 * 86_400;

/** The last 30 days of the records of a file, a folder, an S3 address or standard input. */
export async function ownRecords(
  name: string,
  around: Pick<Surroundings, "env" | "stdin" | "stderr">,
): Promise<OwnRecords> {
  const { streams } = await recordsNamed(name, around);
  const records = recordsOf(streams);
  if (!records) throw new UserError(`${name} holds no record; name a file that does, or leave --logs out.`);
  return { name, streams, records, period: lastOf(records, RANGE) };
}
