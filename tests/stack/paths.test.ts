import { expect, test } from "vitest";
import { properties } from "../../src/stack/kafka.ts";
import { assertUsablePath } from "../../src/stack/paths.ts";

test("a path is written so that Java reads it back", () => {
  // What `java.util.Properties.store` writes.
  expect(properties({ dataDir: "/tmp/é 😀\\x", port: 1 })).toBe("dataDir=/tmp/\\u00e9 \\ud83d\\ude00\\\\x\nport=1\n");
  expect(properties({ x: " y\t" })).toBe("x=\\ y\\u0009\n");
});

test.each([
  ["/home/a,b/.stack", "a comma, and Kafka would take it for two folders"],
  ["/home/$HOME", "a dollar sign, and Grafana would put a variable there"],
  ["/home/%(x)s", '"%(", and Grafana would put a setting there'],
  ["/home/a\nb", "a control character, and no service is sure to find it again"],
])("%j is refused", (path, what) => {
  const sentence = `The path ${JSON.stringify(path)} holds ${what}: move the checkout to a folder without it.`;
  expect(() => assertUsablePath(path)).toThrow(sentence);
});

test("letters, blanks, quotes and backslashes are not", () => {
  expect(() => assertUsablePath(`/home/é 日本/it's "here"\\there`)).not.toThrow();
});
