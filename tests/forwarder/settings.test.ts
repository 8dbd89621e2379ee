import { expect, test } from "vitest";
import { forwarderSettings } from "../../src/forwarder/settings.ts";

test("what is not set has its default", () => {
  const groups = { records: "promtail-consumer", rejects: "promtail-consumer-rejets" };
  expect(forwarderSettings({})).toEqual({
    loki: { url: "http://127.0.0.1:3100", tenant: undefined },
    groups,
    status: { host: "127.0.0.1", port: 9465 },
  });
  const env = { LOKI_URL: "https://loki.example.com/", LOKI_TENANT: "a", FORWARDER_STATUS_ADDRESS: "[::1]:80" };
  expect(forwarderSettings(env)).toEqual({
    loki: { url: "https://loki.example.com", tenant: "a" },
    groups,
    status: { host: "::1", port: 80 },
  });
});

test("a group of its own reads both topics once more", () =>
  expect(forwarderSettings({ FORWARDER_GROUP: "move" }).groups).toEqual({ records: "move", rejects: "move-rejets" }));

test.each([
  [{ FORWARDER_GROUP: "promtail-consumer" }, 'FORWARDER_GROUP is "promtail-consumer"; set it to a name of your own'],
  [{ FORWARDER_GROUP: "a group" }, 'FORWARDER_GROUP is "a group"'],
  [{ LOKI_URL: "loki:3100" }, 'LOKI_URL is "loki:3100"'],
  [{ LOKI_URL: "http://a b" }, 'LOKI_URL is "http://a b"'],
  [{ FORWARDER_STATUS_ADDRESS: "9465" }, 'FORWARDER_STATUS_ADDRESS is "9465"'],
  [{ FORWARDER_STATUS_ADDRESS: "127.0.0.1:70000" }, 'FORWARDER_STATUS_ADDRESS is "127.0.0.1:70000"'],
])("%j is refused in one sentence", (env, sentence) => {
  expect(() => forwarderSettings(env)).toThrow(sentence);
});
