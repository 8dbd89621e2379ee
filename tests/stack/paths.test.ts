import { expect, test } from "vitest";
import { properties } from "../../src/stack/kafka.ts";
import { assertUsablePath } from "../../src/stack/paths.ts";

test("a path is written so that Java reads it back", () => {
  // What `java.util.Properties.store` writes.
  expect(properties({ dataDir: "/tmp/é 😀\\x", port: 1 })).toBe("dataDir=/tmp/\\u00e9 \\ud83d\\ude00\\\\x\nport=1\n");
  expect(properties({ x: " y\t" })).toBe("x=\\ y\\u0009\n");
});

test.each([
  [
    "/home/a,b/.stack",
    'The path "/home/a,b/.stack" holds a comma, and Kafka would take it for two folders: move the checkout to a folder without it.',
  ],
  [
    "/home/$HOME",
    'The path "/home/$HOME" holds a dollar sign, and Grafana would put a variable there: move the checkout to a folder without it.',
  ],
  [
    "/home/%(x)s",
    'The path "/home/%(x)s" holds "%(", and Grafana would put a setting there: move the checkout to a folder without it.',
  ],
  [
    "/home/a\nb",
    'The path "/home/a\\nb" holds a control character, and no service is sure to find it again: move the checkout to a folder without it.',
  ],
])("%j is refused", (path, sentence) => {
  expect(() => assertUsablePath(path)).toThrow(sentence);
});

test("letters, blanks, quotes and backslashes are not", () => {
  expect(() => assertUsablePath(`/home/é 日本/it's "here"\\there`)).not.toThrow();
});
