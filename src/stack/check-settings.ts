import { UserError } from "../core/errors.ts";

type Check = Readonly<{ name: string; isRight: (value: string) => boolean; right: string }>;

const LABEL = "[a-z\\d](?:[a-z\\d-]*[a-z\\d])?";
const LOCAL = '[^\\s@<>()\\[\\],;:\\\\"]+';
const RECIPIENT = new RegExp(`^${LOCAL}@${LABEL}(?:\\.${LABEL})*$`, "i");
const SENDER = new RegExp(`^${LOCAL}@${LABEL}(?:\\.${LABEL})+$`, "i");
const HOST_AND_PORT = /^(?:\[[\da-f:.]+\]|[^\s:/@[\]]+):(\d{1,5})$/i;

export const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

/** What Grafana was seen to end with at its start, or would take and never use. */
const checks: readonly Check[] = [
  {
    name: "SMTP_FROM",
    isRight: (value) => SENDER.test(value),
    right: "one address whose domain has a dot, such as grafana@example.com",
  },
  {
    name: "SMTP_HOST",
    isRight: (value) => isPort(HOST_AND_PORT.exec(value)?.[1] ?? ""),
    right: "host:port, such as smtp.example.com:587",
  },
  {
    name: "GRAFANA_URL",
    isRight: (value) => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value),
    right: "an absolute http or https address, such as https://grafana.example.com/",
  },
  {
    name: "ALERT_EMAIL_TO",
    isRight: (value) => value.split(/[,;]/).every((address) => RECIPIENT.test(address.trim())),
    right: "one address, or several with commas or semicolons between, such as a@example.com;b@example.com",
  },
];

/** One sentence for each setting that Grafana could not use; one that is empty counts as not set. */
export const settingFaults = (env: NodeJS.ProcessEnv): string[] =>
  checks.flatMap(({ name, isRight, right }) => {
    const value = env[name];
    return value && !isRight(value) ? [`${name} is ${JSON.stringify(value)}; set it to ${right}.`] : [];
  });

/** Refuses settings that Grafana could not use, all of them at once. */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  const faults = settingFaults(env);
  if (faults.length > 0) throw new UserError(faults.join("\n"));
}
