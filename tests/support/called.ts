import { Readable, Writable } from "node:stream";
import { call } from "../../src/cli.ts";
import { guarded, type Surroundings } from "../../src/core/command.ts";

type Asked = Readonly<{ env?: NodeJS.ProcessEnv; stdin?: string; folder?: string; terminal?: boolean }>;
type Ended = Readonly<{ status: number; stdout: string; stderr: string }>;

/** Runs a command in surroundings of the test's own; resolves to its exit status and what it wrote. */
export async function endOf(
  run: (around: Surroundings) => Promise<number>,
  { env = {}, stdin = "", folder = process.cwd(), terminal = false }: Asked = {},
): Promise<Ended> {
  const written = { stdout: "", stderr: "" };
  const into = (name: keyof typeof written) =>
    new Writable({
      decodeStrings: false,
      write: (text, _, done) => {
        written[name] += text;
        done();
      },
    });
  const around: Surroundings = {
    env,
    stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
    stdout: Object.assign(into("stdout"), { isTTY: terminal }),
    stderr: into("stderr"),
    folder,
    interrupted: () => new AbortController().signal,
  };
  const status = await guarded(() => run(around), around);
  return { status, ...written };
}

/** Calls a command of the program in this process, `deploy/.env` unread. */
export const called = (args: readonly string[], asked?: Asked): Promise<Ended> =>
  endOf((around) => call(["--no-settings", ...args], around), asked);
