import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { called } from "../support/called.ts";
import { folderOfFile } from "../support/folder.ts";
import { leastLine, leastNormalised } from "./records.ts";

const folder = folderOfFile();
mkdirSync(path.join(folder, "empty"));
afterEach(() => vi.unstubAllEnvs());

function file(name: string, content: string): string {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
}

const ingestion = (
  args: readonly string[],
  { env = {}, stdin = "" }: { env?: NodeJS.ProcessEnv; stdin?: string } = {},
) => called(["ingest", ...args], { env: { KAFKA_BROKERS: "127.0.0.1:1", ...env }, stdin });

describe("dry runs", () => {
  test("write the normalised records and nothing else", async () => {
    expect(await ingestion(["--dry-run", "--from", "-"], { stdin: `${leastLine}\n` })).toEqual({
      status: 0,
      stdout: leastNormalised,
      stderr: "",
    });
  });

  test("write the rejects to standard error, status 2", async () => {
    const from = file("mixed.json", `${leastLine}\n\n{"a":1}\n`);
    const stderr = '{"line":3,"reason":"Etat is missing","record":"{\\"a\\":1}"}\n';
    expect(await ingestion(["--dry-run", "--from", from])).toEqual({ status: 2, stdout: leastNormalised, stderr });
  });

  test("read the sample by default, INGEST_FROM before it, --from before that", async () => {
    const from = file("one.json", leastLine);
    expect((await ingestion(["--dry-run"], { env: { INGEST_FROM: "" } })).stdout.trim().split("\n")).toHaveLength(72);
    expect((await ingestion(["--dry-run"], { env: { INGEST_FROM: from } })).stdout).toBe(leastNormalised);
    expect((await ingestion(["--dry-run", "--from", from], { env: { INGEST_FROM: "/nowhere" } })).stdout).toBe(
      leastNormalised,
    );
  });

  test("name the lot after the file, or as told, and use LOGS_TIMEZONE", async () => {
    const args = ["--dry-run", "--timestamps", "event", "--from", file("août.json.gz", leastLine)];
    expect((await ingestion(args, { env: { LOGS_TIMEZONE: "Europe/Paris" } })).stdout).toContain(
      '"fin":"2025-09-05T14:45:27.089917Z","lot":"août-2025-09-05"}',
    );
    expect((await ingestion([...args, "--load", "reprise"])).stdout).toContain('"lot":"reprise-2025-09-05"}');
  });

  test("replay standard input, which is read twice", async () => {
    expect(
      await ingestion(["--dry-run", "--timestamps", "replay", "--from", "-"], { stdin: `${leastLine}\n` }),
    ).toEqual({
      status: 0,
      stdout: leastNormalised,
      stderr: "",
    });
  });
});

const missing = path.join(folder, "none.json");
const s3 = { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1", AWS_EC2_METADATA_DISABLED: "true" };

test.each<[string, string[], NodeJS.ProcessEnv, string]>([
  ["a missing file", ["--from", missing], {}, `The file ${missing} does not exist; check its name.`],
  [
    "an empty folder",
    ["--from", path.join(folder, "empty")],
    {},
    `The folder ${folder}/empty holds no file; name another.`,
  ],
  [
    "an empty file",
    ["--from", file("empty.json", "\n")],
    {},
    `${folder}/empty.json is empty; a file of records, one JSON object a line, is expected.`,
  ],
  [
    "a file that is not JSON",
    ["--from", file("a.csv", "a;b")],
    {},
    `${folder}/a.csv is neither JSON Lines nor a JSON array: it starts with "a;b" instead of "{" or "[".`,
  ],
  [
    "an unknown zone",
    [],
    { LOGS_TIMEZONE: "Mars/Olympus" },
    'LOGS_TIMEZONE is "Mars/Olympus", which is no known time zone; set it to an IANA name such as Europe/Paris or America/Montreal.',
  ],
  [
    "another scheme",
    ["--from", "https://x/logs.json"],
    {},
    "https://x/logs.json cannot be read: only s3:// addresses, local files and - (standard input) can.",
  ],
  [
    "a file of another machine",
    ["--from", "file://server/logs.json"],
    {},
    `file://server/logs.json names no file of this machine (File URL host must be "localhost" or empty on ${process.platform}); write file:///folder/file, or its path.`,
  ],
  [
    "an S3 address without a key",
    ["--from", "s3://my12data"],
    {},
    "s3://my12data is no S3 address; write s3://bucket/key or s3://bucket/prefix/.",
  ],
  [
    "S3 out of reach",
    ["--from", "s3://my12data/logs.json"],
    { ...s3, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
    "S3 at http://127.0.0.1:1 cannot be reached to read s3://my12data/logs.json (connect ECONNREFUSED 127.0.0.1:1); check the network or AWS_ENDPOINT_URL_S3.",
  ],
  [
    "no credentials",
    ["--from", "s3://my12data/2025/"],
    {
      ...s3,
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_PROFILE: "",
      AWS_SHARED_CREDENTIALS_FILE: missing,
      AWS_CONFIG_FILE: missing,
    },
    "There are no AWS credentials to read s3://my12data/2025/ with; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE (Could not load credentials from any providers).",
  ],
  ["following without an address", ["--follow"], {}, "--follow needs an address: give --from, or set INGEST_FROM."],
  [
    "following standard input",
    ["--follow", "--from", "-"],
    {},
    "--follow cannot follow standard input; give --from an S3 address, a folder or a file.",
  ],
  [
    "a queue that is none, of the address in INGEST_FROM",
    ["--follow", "--from", "", "--queue", "logs"],
    { INGEST_FROM: "s3://my12data/2025/" },
    '--queue is "logs", which is no queue; write it as SQS shows it, such as https://sqs.ca-central-1.amazonaws.com/123456789012/logs.',
  ],
  [
    "following a replay",
    ["--follow", "--timestamps", "replay"],
    {},
    "--follow does not go with --timestamps replay; run one of them without the other.",
  ],
  [
    "following in no time",
    ["--follow", "--from", folder, "--every", "5"],
    {},
    '--every is "5"; write a time such as 500ms, 5s or 1m, of 24h at most.',
  ],
  [
    "a status address without a port",
    ["--follow", "--from", folder],
    { INGEST_STATUS_ADDRESS: "localhost" },
    'INGEST_STATUS_ADDRESS is "localhost"; set it to host:port, such as 127.0.0.1:9464.',
  ],
  [
    "a setting of Kafka that is none",
    [],
    { KAFKA_SECURITY_PROTOCOL: "TLS" },
    'KAFKA_SECURITY_PROTOCOL is "TLS"; set it to PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.',
  ],
  [
    "an unknown option",
    ["--form", "x"],
    {},
    "error: unknown option '--form'\n(Did you mean --from?)\nnpx ingestion ingest --help says what it takes.",
  ],
  [
    "an unknown mode",
    ["--timestamps", "x"],
    {},
    "error: option '--timestamps <mode>' argument 'x' is invalid. Allowed choices are arrival, event, replay.\nnpx ingestion ingest --help says what it takes.",
  ],
])("%s is one sentence and status 1", async (_name, args, env, sentence) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  expect(await ingestion(args, { env })).toEqual({ status: 1, stdout: "", stderr: `${sentence}\n` });
});

test("Kafka out of reach is one sentence", { timeout: 20_000 }, async () => {
  expect(await ingestion([])).toEqual({
    status: 1,
    stdout: "",
    stderr:
      'Kafka at 127.0.0.1:1 cannot be reached (connect ECONNREFUSED 127.0.0.1:1); start it with "npm start" or set KAFKA_BROKERS to its address.\n',
  });
});

test("--help is no error", async () => {
  expect(await ingestion(["--help"])).toMatchObject({
    status: 0,
    stderr: "",
    stdout: expect.stringContaining("--timestamps <mode>"),
  });
});
