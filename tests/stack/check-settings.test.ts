import { expect, test } from "vitest";
import { checkSettings, settingFaults } from "../../src/stack/settings.ts";

const right: Record<string, readonly string[]> = {
  SMTP_FROM: [
    "grafana@example.com",
    "grafana@ingestion.localhost",
    "a.b+c@x-1.example.co.uk",
    "alerte_données@example.com",
  ],
  SMTP_HOST: ["mailpit:1025", "smtp.example.com:587", "127.0.0.1:1", "[::1]:65535"],
  GRAFANA_URL: ["http://localhost:3000/", "https://grafana.example.com", "https://example.com/grafana/", "HTTP://HOST"],
  ALERT_EMAIL_TO: [
    "equipe-donnees@localhost",
    "a@example.com;b@example.com",
    "a@example.com, b@example.com",
    "a@x.org,b@x.org;c@x.org",
  ],
};
const wrong: Record<string, readonly string[]> = {
  SMTP_FROM: [
    "grafana@localhost",
    "grafana",
    "@example.com",
    "grafana@",
    "grafana@example.",
    "grafana@.com",
    "grafana@a..b",
    "a b@x.org",
    "a@x.org;b@x.org",
  ],
  SMTP_HOST: [
    "smtp.example.com",
    "smtp.example.com:",
    ":587",
    "smtp.example.com:0",
    "smtp.example.com:65536",
    "smtp://smtp.example.com:587",
    "a b:25",
  ],
  GRAFANA_URL: [
    "grafana.example.com",
    "/grafana/",
    "ftp://grafana.example.com/",
    "https://",
    "http://[x]/",
    "localhost:3000",
    "https:grafana.example.com",
  ],
  ALERT_EMAIL_TO: [
    "equipe",
    "a@x.org;",
    ";",
    "a@x.org b@x.org",
    "a@x.org;equipe",
    "@localhost",
    "Ops <a@x.org>",
    "a@-x.org",
  ],
};
const sentences: Record<string, string> = {
  SMTP_FROM: "one address whose domain has a dot, such as grafana@example.com.",
  SMTP_HOST: "host:port, such as smtp.example.com:587.",
  GRAFANA_URL: "an absolute http or https address, such as https://grafana.example.com/.",
  ALERT_EMAIL_TO: "one address, or several with commas or semicolons between, such as a@example.com;b@example.com.",
};
const each = (table: Record<string, readonly string[]>) =>
  Object.entries(table).flatMap(([name, values]) => values.map((value) => [name, value] as const));

test.each(each(right))("%s may be %s", (name, value) => expect(settingFaults({ [name]: value })).toEqual([]));

test.each(each(wrong))("%s may not be %j", (name, value) =>
  expect(settingFaults({ [name]: value })).toEqual([`${name} is "${value}"; set it to ${sentences[name]}`]),
);

test("what is not set or empty is left to its default", () => {
  expect(settingFaults({})).toEqual([]);
  expect(settingFaults({ SMTP_FROM: "", SMTP_HOST: "", GRAFANA_URL: "", ALERT_EMAIL_TO: "" })).toEqual([]);
});

test("all faults are told at once", () => {
  expect(() => checkSettings({ SMTP_FROM: "grafana@localhost", SMTP_HOST: "smtp" })).toThrow(
    `SMTP_FROM is "grafana@localhost"; set it to ${sentences.SMTP_FROM}\nSMTP_HOST is "smtp"; set it to ${sentences.SMTP_HOST}`,
  );
  expect(() => checkSettings({})).not.toThrow();
});
