import { expect, test } from "vitest";
import { kafkaSettings } from "../../src/core/kafka/settings.ts";
import { needed } from "../../src/stack/needed.ts";
import type { Context } from "../../src/stack/service.ts";
import { services } from "../../src/stack/services.ts";

const read = {
  PATH: "/bin",
  INGEST_FROM: "s3://b/k",
  LOGS_TIMEZONE: "Europe/Paris",
  LOG_LEVEL: "debug",
  AWS_SECRET_ACCESS_KEY: "s",
  KAFKA_SECURITY_PROTOCOL: "SASL_SSL",
  KAFKA_SASL_USERNAME: "u",
  KAFKA_SASL_PASSWORD: "p",
};
const others = {
  GRAFANA_ADMIN_PASSWORD: "g",
  SMTP_PASSWORD: "m",
  SMTP_USER: "m",
  ALERT_EMAIL_TO: "a@b",
  KAFKA_HEAP_OPTS: "-Xmx1g",
  MY_TOKEN: "t",
  GF_SECURITY_SECRET_KEY: "k",
};

test.each(["producer", "forwarder"] as const)("%s gets what it reads, and no password of others", (name) => {
  const ports = { kafka: 1, loki: 2, producer: 3, forwarder: 4 };
  const context = { env: { ...read, ...others }, ports, ownS3: false, s3: {} } as unknown as Context;
  const { env, alone } = services[name].command(context);
  expect(env).toBeUndefined();
  expect(alone).toMatchObject({ AWS_SECRET_ACCESS_KEY: "s", KAFKA_SASL_PASSWORD: "p", PATH: "/bin" });
  for (const other of Object.keys(others)) expect(alone).not.toHaveProperty(other);
});

test("nothing that Kafka's settings read is lost", () => {
  expect(kafkaSettings(needed({ ...read, ...others }))).toEqual(kafkaSettings({ ...read, ...others }));
});
