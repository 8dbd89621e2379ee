import type { Run, Surroundings } from "./core/command.ts";
import { UserError } from "./core/errors.ts";
import { STOP_SIGNALS } from "./core/signals.ts";

type Entry = Readonly<{
  says: string;
  load: () => Promise<{ run: Run }>;
  /** Whether it reads `deploy/.env` first. */
  settings?: boolean;
  /** The exit status when it cannot run, 1 where nothing is said. */
  failed?: number;
}>;

const stack = (name: "start" | "stop" | "demo" | "clean") => async () => ({
  run: (await import("./stack/command.ts"))[name],
});

/** Every command of the program, loaded when it is called. */
const commands: Readonly<Record<string, Entry>> = {
  build: { says: "write all generated files", load: () => import("./generator/command.ts") },
  preview: {
    says: "show dashboards and alerts in a browser, without a server",
    load: () => import("./tools/preview/command.ts"),
  },
  diff: {
    says: "say what changed between two generated states, and what that does",
    load: () => import("./tools/diff/command.ts"),
    failed: 2,
  },
  pictures: { says: "draw the pictures of the documentation", load: () => import("./tools/pictures/command.ts") },
  backtest: {
    says: "say what the rules would have told on your own records",
    load: () => import("./tools/backtest/command.ts"),
  },
  "lint:logql": {
    says: "check the LogQL of dashboards and rules",
    load: () => import("./tools/lint/command.ts"),
    failed: 2,
  },
  verdict: {
    says: "say what Grafana would answer for rules on log histories",
    load: () => import("./tools/verdict/command.ts"),
  },
  logql: { says: "answer LogQL as Loki does", load: () => import("./tools/logql/command.ts") },
  report: {
    says: "write the service levels of a period",
    load: () => import("./tools/report/command.ts"),
    settings: true,
  },
  reconcile: {
    says: "compare what Kafka holds with what Loki counts",
    load: () => import("./tools/reconcile/command.ts"),
    settings: true,
    failed: 2,
  },
  size: { says: "say what a number of records a day needs", load: () => import("./tools/size/command.ts") },
  start: { says: "bring the stack up", load: stack("start") },
  stop: {
    says: "take the stack down, data kept",
    load: stack("stop"),
  },
  demo: {
    says: "replay the sample into the running stack",
    load: stack("demo"),
  },
  clean: {
    says: "remove all data of the stack",
    load: stack("clean"),
  },
  ingest: {
    says: "send the records of connector runs to Kafka",
    load: () => import("./producer/main.ts"),
    settings: true,
  },
  forward: { says: "carry records from Kafka to Loki", load: () => import("./forwarder/command.ts") },
  store: {
    says: "serve the embedded store, which answers as Loki does",
    load: () => import("./tools/store/command.ts"),
  },
  "create-topics": { says: "create the topics in Kafka", load: () => import("./stack/create-topics.ts") },
  audit: { says: "look for known vulnerabilities", load: () => import("./stack/audit/command.ts"), failed: 2 },
};

const width = Math.max(...Object.keys(commands).map((name) => name.length));
const USAGE = `Usage: ingestion [--no-settings] <command> [options]

${Object.entries(commands)
  .map(([name, { says }]) => `  ${name.padEnd(width)}  ${says}`)
  .join("\n")}

ingestion <command> --help says more. --no-settings leaves deploy/.env unread, where the environment says everything.
`;

/** Aborted by the first signal; a second one ends the process at once. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of STOP_SIGNALS) process.once(signal, () => controller.abort());
  return controller.signal;
}

/** Those of this process; npm runs a script in the project's folder, and a file is named from where the user stands. */
function own(name: string): Surroundings {
  const { env, stdin, stdout, stderr } = process;
  if (env.INIT_CWD && env.npm_lifecycle_event === name) process.chdir(env.INIT_CWD);
  return { env, stdin, stdout, stderr, folder: process.cwd(), interrupted };
}

/** Runs the program with the arguments after its name; resolves to its exit status. */
export async function call(given: readonly string[], surroundings?: Surroundings): Promise<number> {
  const bare = given[0] === "--no-settings";
  const [name = "--help", ...args] = bare ? given.slice(1) : given;
  const around = surroundings ?? own(name);
  if (name === "--help" || name === "-h") {
    around.stdout.write(USAGE);
    return 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const { guarded, notLoaded } = await import("./core/command.ts");
  const work = async () => {
    if (!entry) throw new UserError(`"${name}" is no command; there are ${Object.keys(commands).join(", ")}.`);
    if (entry.settings && !bare) (await import("./stack/adopt-settings.ts")).adoptSettings();
    const { run } = await entry.load().catch(notLoaded);
    return run(args, around);
  };
  return guarded(work, { ...around, failed: entry?.failed });
}
