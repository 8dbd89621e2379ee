import { lastOf, recordsOf } from "../../../alerting/history/period.ts";
import type { Surroundings } from "../../../core/command.ts";
import { setting } from "../../../core/env.ts";
import { UserError } from "../../../core/errors.ts";
import { progressOn } from "../../../core/progress.ts";
import type { Streams } from "../../../logql/streams.ts";
import { followedBy, ownLogs, remarksOn } from "../../../logs/own-logs.ts";
import type { OwnRecords } from "../effect/own.ts";

const RANGE = 30 * 86_400;

/** Somebody's records, and what could not be taken of them. */
export type Read = Readonly<{ own: OwnRecords; streams: Streams; remarks: readonly string[] }>;

/** The last 30 days of the records of a file, a folder, an S3 address or standard input. */
export async function ownRecords(
  name: string,
  { env, stdin, stderr }: Pick<Surroundings, "env" | "stdin" | "stderr">,
): Promise<Read> {
  const progress = progressOn(stderr, "reading records");
  const options = { zone: setting(env, "LOGS_TIMEZONE"), stdin, ...followedBy(progress) };
  const found = await ownLogs(name, options).finally(progress.stop);
  const records = recordsOf(found.streams);
  if (!records) throw new UserError(`${name} holds no record; name a file that does, or leave --logs out.`);
  const own = { name, records, period: lastOf(records, RANGE) };
  return { own, streams: found.streams, remarks: remarksOn(found) };
}
