import { data, families, shell, stack } from "../../src/core/env/variables.ts";
import { setting, type Variable } from "../../src/core/env.ts";

function row([name, { description }]: readonly [string, { description?: string | undefined }]): string {
  const value = setting({}, name as Variable);
  return `| \`${name}\` | ${value === undefined ? "" : `\`${value}\``} | ${description} |`;
}
const table = (group: Readonly<Record<string, { description?: string | undefined }>>) =>
  ["| variable | default | meaning |", "| --- | --- | --- |", ...Object.entries(group).map(row)].join("\n");

/** docs/settings.md, as the variables' one home says it. */
export const settingsPage = (): string => `# Settings

Variables of the environment. \`npm start\` copies \`deploy/.env.example\` to \`deploy/.env\`, readable by you only, with a random password for Grafana, and never changes
it afterwards. Every variable of the first two tables may stand there; one that is set in the shell wins, and one that is empty counts as not set. A line of \`deploy/.env\` that
nothing reads is told. A running native stack tells its ports to the other commands; with Docker put them into \`deploy/.env\`.

This page is made from \`src/core/env/variables.ts\`; \`tests/core/env.test.ts\` holds the two together, and says how to write it anew.

## What is read, Kafka and Loki

For \`npm run ingest\`, \`reconcile\` and \`report\`, and for the producer and the forwarder under \`npm start\`. (\`preview\`, \`logql\` and \`npx ingestion forward\` read them of
the shell.) More on a Kafka outside the stack: [security](security.md#a-kafka-that-asks-for-tls-or-a-password).

${table(data)}

## The stack

For \`npm start\`, natively and with Docker. What Grafana would refuse is refused before anything starts.

${table(stack)}

Names that begin with ${families.map((family) => `\`${family}\``).join(", ")} may stand in \`deploy/.env\` too: they are those of AWS's libraries, of Docker Compose and of Grafana itself.

## Of the shell alone

${table(shell)}
`;
