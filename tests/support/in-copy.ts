/** Runs in a process of its own, inside a copy of the project: takes calls of its program one after the other, and answers each with what was written and the exit status. */
type Call = Readonly<{ args: readonly string[]; env: Record<string, string> }>;

const { call } = await import(process.argv[2]!);
const write = { stdout: process.stdout.write, stderr: process.stderr.write };

process.on("message", async ({ args, env }: Call) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    process[name].write = (text: string | Uint8Array) => {
      written[name] += text;
      return true;
    };
  const status = await call(args).catch(String);
  Object.assign(process.stdout, { write: write.stdout });
  Object.assign(process.stderr, { write: write.stderr });
  process.send!({ status, ...written });
});
