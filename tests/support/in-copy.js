/**
 * Runs in a process of its own, inside a copy of the project: takes calls of its program one after the other.
 * It answers each with what was written and the exit status.
 */
const { program } = await import(process.argv[2]);
const { call } = await import(await program());

process.on("message", async ({ args, env }) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"])
    process[name].write = (text) => {
      written[name] += text;
      return true;
    };
  const status = await call(args).catch(String);
  process.send({ status, ...written });
});
