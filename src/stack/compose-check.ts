import { artifacts, provide } from "./artifacts.ts";
import { composeFile } from "./compose-file.ts";
import { toTerminal } from "./print.ts";
import { run } from "./run.ts";

/** Checks with the pinned Docker Compose, which needs no engine and is built if missing; rejects with what it says. */
export async function checkCompose(env: NodeJS.ProcessEnv, files: readonly string[] = [composeFile]): Promise<void> {
  const [program = ""] = await provide([artifacts.compose()], { print: toTerminal });
  await run(program, [...files.flatMap((file) => ["-f", file]), "--profile", "*", "config", "--quiet"], {
    env: { ...process.env, ...env },
  });
}
