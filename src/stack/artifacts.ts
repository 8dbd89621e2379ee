import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { goModule } from "./go-module.ts";
import { cacheFolder, nativeFolder } from "./paths.ts";
import { type Print, withProgress } from "./print.ts";
import { run } from "./run.ts";
import { requireTools, type Tool } from "./tools.ts";

/** Something that is built or fetched once per machine; `make` writes it to the path it is given. */
export type Artifact = Readonly<{
  title: string;
  path: string;
  tool: Tool;
  duration: string;
  make: (out: string, signal: AbortSignal | undefined) => Promise<unknown>;
}>;

function goProgram(
  folder: string,
  { title, program = folder }: Readonly<{ title: string; program?: string }>,
): Artifact {
  const cwd = join(nativeFolder, folder);
  const { tool, version } = goModule(cwd);
  if (!version)
    throw new UserError(
      `${join(cwd, "go.mod")} does not require the module of its tool "${tool}"; go mod tidy mends it.`,
    );
  return {
    title: `${title} ${version.slice(1)}`,
    path: join(cacheFolder(), `${program}-${version}`),
    tool: "go",
    duration: "2 minutes",
    make: (out, signal) => run("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", out, tool], { cwd, signal }),
  };
}

/** Maven runs too short a time for Java's second compiler, which takes a quarter of it. */
const quickMaven = () => ({ ...process.env, MAVEN_OPTS: `-XX:TieredStopAtLevel=1 ${process.env.MAVEN_OPTS ?? ""}` });

/** Libraries of Java, with the version that a pom.xml gives in the property `name`.version. */
function libraries(
  folder: string,
  { name, title }: Readonly<{ name: string; title: (version: string) => string }>,
): Artifact {
  const pom = join(nativeFolder, folder, "pom.xml");
  const version = new RegExp(`<${name}\\.version>(.+)</${name}\\.version>`).exec(readFileSync(pom, "utf8"))?.[1] ?? "";
  return {
    title: title(version),
    path: join(cacheFolder(), `${name}-${version}`),
    tool: "mvn",
    duration: "30 seconds",
    make: (out, signal) =>
      run("mvn", ["-q", "-B", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${out}`], {
        signal,
        env: quickMaven(),
      }),
  };
}

/** What is built or fetched of the native stack, with its version from its go.mod or pom.xml. */
export const artifacts = {
  kafka: () => libraries("kafka", { name: "kafka", title: (version) => `Kafka ${version} and ZooKeeper` }),
  kraft: () => libraries("kafka-kraft", { name: "kafka", title: (version) => `Kafka ${version}` }),
  /** The tests' SQS server. */
  sqs: () => libraries("elasticmq", { name: "elasticmq", title: (version) => `ElasticMQ ${version}` }),
  s3: () => goProgram("versitygw", { title: "versitygw" }),
  compose: () => goProgram("compose", { title: "Docker Compose", program: "docker-compose" }),
} as const;

/** The paths of artifacts, in the order given, after the missing ones were built one after the other. */
export async function provide(
  wanted: readonly Artifact[],
  { print, signal }: Readonly<{ print: Print; signal?: AbortSignal | undefined }>,
): Promise<string[]> {
  const missing = wanted.filter(({ path }) => !existsSync(path));
  requireTools(missing.map(({ tool }) => tool));
  for (const artifact of missing) {
    const verb = artifact.tool === "mvn" ? "fetching" : "building";
    const label = `${verb} ${artifact.title} (about ${artifact.duration}, once per machine)`;
    await withProgress({ label, print }, () => makeOnce(artifact, signal));
  }
  return wanted.map(({ path }) => path);
}

/** Made under another name and renamed: an interrupted build leaves nothing, of two at once the last wins whole. */
async function makeOnce({ title, path, make }: Artifact, signal: AbortSignal | undefined): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    await make(temporary, signal);
    renameSync(temporary, path);
  } catch (cause) {
    // A folder does not replace a folder that another builder has put there meanwhile.
    if (["ENOTEMPTY", "EEXIST"].includes((cause as NodeJS.ErrnoException).code ?? "") && existsSync(path)) return;
    if (signal?.aborted || !(cause instanceof UserError)) throw cause;
    throw new UserError(`${title} could not be built: ${cause.message}`, { cause });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
