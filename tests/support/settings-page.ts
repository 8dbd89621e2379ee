import { data } from "../../src/core/env/data.ts";
import { shell } from "../../src/core/env/shell.ts";
import { families, stack } from "../../src/core/env/stack.ts";
import { setting, type Variable } from "../../src/core/env.ts";
import { table as markdownTable } from "../../src/core/markdown.ts";

type Described = Readonly<{ description?: string | undefined }>;

function row([name, { description }]: readonly [string, Described]): readonly string[] {
  const value = setting({}, name as Variable);
  return [`\`${name}\``, value === undefined ? "" : `\`${value}\``, description ?? ""];
}
const table = (group: Readonly<Record<string, Described>>) =>
  markdownTable(["variable", "default", "meaning"], Object.entries(group).map(row));

/** docs/settings.md, as the variables' one home says it. */
export const settingsPage = (): string => `# Settings

They are variables of the environment. \`npm start\` copies \`deploy/.env.example\` to \`deploy/.env\`, readable by you only, with
a random password for Grafana, and never changes it afterwards. What the first two tables name may stand there. A variable that is
set in the shell wins; one that is empty counts as not set. A line of \`deploy/.env\` that nothing reads is told.

This page is made of \`src/core/env/\`; \`tests/core/env.test.ts\` compares the two, and says how to write it anew.

## What is read, Kafka and Loki

For \`npm run ingest\`, \`reconcile\` and \`report\`, and for the producer and the forwarder of \`npm start\`; \`preview\`, \`logql\` and
\`npx ingestion forward\` read them of the shell. An \`INGEST_FROM\` is an S3 address such as \`s3://my12data/logs.json\` or
\`s3://my12data/2026/\`, or (not in Docker) a file or a folder. More on [a Kafka outside the stack](security.md#a-kafka-that-asks-for-tls-or-a-password).

${table(data)}

## The stack

For \`npm start\`, natively and with Docker. What Grafana or Kafka would refuse is refused before anything starts. A running native
stack tells its ports to the other commands; with Docker put them into \`deploy/.env\`. \`COLLECTOR\` is
[\`promtail\` or \`forwarder\`](collectors.md), which by itself loses and doubles nothing; [the embedded store](store.md) stands in for Loki.

${table(stack)}

Names that begin with ${families.map((family) => `\`${family}\``).join(", ")} may stand in \`deploy/.env\` too: they are those of
AWS's libraries, of Docker Compose and of Grafana itself.

## Of the shell alone

${table(shell)}
`;
