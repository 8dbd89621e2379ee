import { Readable, Writable } from "node:stream";
import { call } from "../../src/cli.ts";

type Asked = Readonly<{ env?: NodeJS.ProcessEnv; stdin?: string; folder?: string; terminal?: boolean }>;

/**
 * Calls a command of the program in this process, `deploy/.env` unread, in an environment of the test's own; resolves
 * to its exit status and what it wrote.
 */
export async function called(
  args: readonly string[],
  { env = {}, stdin = "", folder = process.cwd(), terminal = false }: Asked = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const written = { stdout: "", stderr: "" };
  const into = (name: keyof typeof written) =>
    new Writable({
      decodeStrings: false,
      write: (text, _, done) => {
        written[name] += text;
        done();
      },
    });
  const status = await call(["--no-settings", ...args], {
    env,
    stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
    stdout: Object.assign(into("stdout"), { isTTY: terminal }),
    stderr: into("stderr"),
    folder,
    interrupted: () => new AbortController().signal,
  });
  return { status, ...written };
}
