import { expect, test } from "vitest";
import { checkConfig } from "../../../src/core/config/read.ts";
import { example } from "./example.ts";

const { kubernetes } = example.targets;
const faultOf = (change: object) => {
  try {
    checkConfig({ ...example, targets: { kubernetes: { ...kubernetes, ...change } } });
    return "none";
  } catch (error) {
    return (error as Error).message.split("\n")[1]?.trim();
  }
};

test("the example has no fault", () => expect(faultOf({})).toBe("none"));

const { input, loki, grafana, schedules } = kubernetes;
test.each([
  [
    { image: "registry.example.com/a:latest" },
    'image = "registry.example.com/a:latest": must be an image with its tag',
  ],
  [{ image: "registry.example.com:5000/a" }, "image ="],
  [{ namespace: "In_gestion" }, 'namespace = "In_gestion": must be a name of small letters, digits and hyphens'],
  [
    { input: { ...input, from: "logs.json" } },
    'input.from = "logs.json": must be s3://bucket/key or s3://bucket/prefix/',
  ],
  [{ input: { ...input, timezone: "Paris" } }, 'input.timezone = "Paris": must be an IANA time zone'],
  [{ loki: { ...loki, disk: "20 GB" } }, 'loki.disk = "20 GB": must be a size such as 20Gi'],
  [
    { grafana: { ...grafana, url: "http://grafana/" } },
    'grafana.url = "http://grafana/": must be an https address that ends with /',
  ],
  [
    { schedules: { ...schedules, report: "monthly" } },
    'schedules.report = "monthly": must be five cron fields, such as 15 4 * * *',
  ],
  [{ password: "secret" }, 'password = "secret": is no setting; check its name'],
])("%j is told in one line", (change, sentence) => expect(faultOf(change)).toContain(`targets.kubernetes.${sentence}`));

test.each(["registry.example.com:5000/a:1.2", `registry.example.com/a@sha256:${"0".repeat(64)}`])(
  "an image may be %s",
  (image) => expect(faultOf({ image })).toBe("none"),
);
