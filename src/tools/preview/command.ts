import { once } from "node:events";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { setting } from "../../core/env.ts";
import { UserError } from "../../core/errors.ts";
import { moment } from "../../core/moment.ts";
import { PROVISIONING } from "../../core/places.ts";
import { sentence } from "../../core/visible.ts";
import { dataOf } from "../../logs/data.ts";
import { mostHeld, seen } from "../../logs/own-logs.ts";
import { readDefinitions } from "../../view/definitions.ts";
import { answersOf } from "./answers.ts";
import { pageSite } from "./page.ts";
import { serve } from "./server.ts";
import { whenChanged } from "./watch.ts";

type Flags = Readonly<{
  logs?: string;
  sample: boolean;
  now?: string;
  port?: string;
  dashboards: string;
  follow: boolean;
}>;

const PORT = setting({}, "PREVIEW_PORT");

type Around = Omit<Surroundings, "folder">;

const parser = (around: Around) =>
  parserOf("preview", around)
    .description(
      "Shows the generated dashboards and alerts in a browser, over log records, without Kafka, Loki, Grafana or " +
        "Docker. It sends nothing.",
    )
    .option(
      "--logs <from>",
      "a logs.json, a folder or an S3 address of such, or - (default: the sample beside a made-up week)",
    )
    .option("--sample", "the 72 records of the sample alone", false)
    .option(
      "--now <time>",
      "the moment that is now: RFC 3339, or seconds since 1970 (default: now; with --logs the newest record's)",
    )
    .option("--port <number>", `of 127.0.0.1 (default: PREVIEW_PORT, else ${PORT})`)
    .option("--dashboards <folder>", "dashboards and alerting files of another folder", PROVISIONING)
    .option("--follow", "with --logs: take what comes after, too", false)
    .addHelpText(
      "after",
      "\nLOGS_TIMEZONE is the time zone of Debut and Fin. Exit status: 0 stopped, 1 it could not start.",
    );

function portOf(flag: string | undefined, variable: string): number {
  const [name, text] = flag !== undefined ? ["--port", flag] : ["PREVIEW_PORT", variable];
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UserError(`${name} is "${text}"; a port is a whole number up to 65535.`);
  return port;
}

function checkFlags({ logs, sample, follow }: Flags): void {
  if (logs !== undefined && sample) throw new UserError("--logs and --sample were both given; choose one.");
  if (follow && logs === "-")
    throw new UserError(
      "--follow cannot go on with standard input, which is read to its end; give a file, a folder or an S3 address.",
    );
  if (follow && logs === undefined) throw new UserError("--follow goes with --logs: there is nothing else that grows.");
}

/**
 * Runs the preview until it is interrupted; the exit status is 0, or 1 where it could not start, with one sentence on
 * why.
 */
export const run = async (args: readonly string[], around: Around): ReturnType<Run> => {
  await preview(parser(around).parse(args, { from: "user" }).opts<Flags>(), around);
  return 0;
};

const millisecondsOf = (text: string): number =>
  Number(moment(text, { flag: "--now", now: BigInt(Date.now()) * 1_000_000n }) / 1_000_000n);

async function preview(flags: Flags, around: Around): Promise<void> {
  checkFlags(flags);
  const { env, stdout, stderr } = around;
  const { logs, sample, follow, dashboards: folder } = flags;
  const now = flags.now === undefined ? {} : { now: millisecondsOf(flags.now) };
  const choice = { ...(logs !== undefined && { logs }), ...now, sample, follow };
  const signal = around.interrupted();
  const port = portOf(flags.port, setting(env, "PREVIEW_PORT"));
  const read = () => seen(around, (options) => dataOf(choice, { ...options, most: mostHeld() }));
  let definitions = readDefinitions(folder);
  let data = await read();
  for (const remark of [...data.remarks, ...definitions.faults]) stderr.write(`${sentence(remark)}\n`);
  const source = {
    data: () => data,
    definitions: () => definitions,
    externalURL: setting(env, "GRAFANA_URL"),
    mailTo: setting(env, "ALERT_EMAIL_TO"),
  };
  const server = await serve(answersOf(source), { port, site: pageSite });
  const { dashboards, alerting } = definitions;
  const counts = `${dashboards.length} dashboards and ${alerting.rules.length} alerts`;
  stdout.write(`${counts}: ${server.url} (Ctrl-C ends it)\n`);
  // What cannot be read again is told, and what was there stays.
  const renew = (what: "data" | "definitions", again: () => Promise<void>) => () =>
    again().then(
      () => server.reload(what),
      (error) => {
        if (!(error instanceof UserError)) throw error;
        stderr.write(`${sentence(error.message)}\n`);
      },
    );
  const redefine = renew("definitions", async () => {
    definitions = readDefinitions(folder);
  });
  const reread = renew("data", async () => {
    data = await read();
  });
  whenChanged(folder, redefine, { signal });
  if (follow && logs !== undefined) whenChanged(logs, reread, { signal });
  if (!signal.aborted) await once(signal, "abort");
  await server.stop();
}
