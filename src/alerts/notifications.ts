import type { Config } from "../core/config/schema.ts";
import { printDuration } from "../core/units.ts";
import { mailTemplate } from "./mail-template.ts";
import type { NotificationFile } from "./provisioning.ts";
import type { RuleName } from "./rule.ts";

const TEAM = "equipe-donnees";
const TEAM_WITHOUT_RESOLVED = "equipe-donnees-sans-retour";
/** The end of this rule's window is no repair: its mails never say "resolved". */
const NEVER_RESOLVED: RuleName = "1-echec-detecte";

// Grafana itself expands the recipient when it reads the file.
// biome-ignore lint/suspicious/noTemplateCurlyInString: expanded by Grafana
const RECIPIENT = "${ALERT_EMAIL_TO}";

const settings = {
  addresses: RECIPIENT,
  singleEmail: true,
  subject: '{{ template "ingestion.sujet" . }}',
  message: '{{ template "ingestion.corps" . }}',
};

const contactPoint = (name: string, uid: string, { disableResolveMessage = false } = {}) => ({
  orgId: 1 as const,
  name,
  receivers: [{ uid, type: "email" as const, disableResolveMessage, settings }],
});

/** Contact points, policies and the French message: mails grouped by rule, sooner and more often when critical. */
export function buildNotifications(config: Config): NotificationFile {
  const { notifications, rules } = config;
  const route = (receiver: string, { wait, interval, repeat }: Config["notifications"]["critical"]) => ({
    receiver,
    group_by: ["grafana_folder", "alertname"],
    group_wait: printDuration(wait),
    group_interval: printDuration(interval),
    repeat_interval: printDuration(repeat),
  });
  return {
    apiVersion: 1,
    contactPoints: [
      contactPoint(TEAM, "email-equipe"),
      contactPoint(TEAM_WITHOUT_RESOLVED, "email-equipe-sans-retour", { disableResolveMessage: true }),
    ],
    policies: [
      {
        orgId: 1,
        ...route(TEAM, notifications.warning),
        routes: [
          {
            ...route(TEAM_WITHOUT_RESOLVED, notifications[rules[NEVER_RESOLVED].severity]),
            object_matchers: [["rule", "=", NEVER_RESOLVED]],
          },
          { ...route(TEAM, notifications.critical), object_matchers: [["severity", "=", "critical"]] },
        ],
      },
    ],
    templates: [{ orgId: 1, name: "ingestion", template: mailTemplate(config) }],
  };
}
