import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kafkaMode, kafkaServices } from "../../../../src/stack/chosen.ts";
import { folderOfFile } from "../../../support/folder.ts";
import { startStack } from "../../../support/stack.ts";

const folder = folderOfFile();

/** Each kind of character that a file of properties, a command line or a locale could spoil. */
const name = `é 日本😀 'a' "b" \\c\\u0041 #d=e:f! ~%25 `;

test("ZooKeeper's and Kafka's data lie in the stack's own folder, whatever its path is called", async () => {
  const data = join(folder, name);
  mkdirSync(data);
  const stack = await startStack(kafkaServices(), { data, print: () => {} });
  await stack.stop();
  const keeper =
    kafkaMode(process.env) === "zookeeper"
      ? [join("zookeeper", "data", "version-2"), join("zookeeper", "log", "version-2")]
      : [];
  for (const path of keeper) expect(existsSync(join(data, path)), path).toBe(true);
  expect(readdirSync(join(data, kafkaMode(process.env) === "zookeeper" ? "kafka" : "kafka-kraft"))).toContain(
    "ingestion-logs-0",
  );
  expect(readdirSync(folder)).toEqual([name]);
});
