import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Alert } from "../../src/alerting/notification-data.ts";
import { renderNotification } from "../../src/alerting/templates.ts";
import { recordedAnnotation, renderBody } from "../support/mails.ts";

type Texts = Readonly<Record<string, string>>;
type Annotations = {
  readonly externalURL: string;
  readonly templates: Texts;
  readonly alerts: readonly { readonly labels: Texts; readonly b: string; readonly annotations: Texts }[];
};
type Answer = { readonly set: string; readonly name: string; readonly text?: string; readonly error?: string };
type Notifications = {
  readonly externalURL: string;
  readonly receiver: string;
  readonly groupLabels: Texts;
  readonly sets: Readonly<Record<string, readonly Alert[]>>;
  readonly templates: Texts;
  readonly answers: readonly Answer[];
};

const read = (name: string): string => readFileSync(new URL(`templates/${name}`, import.meta.url), "utf8");
const annotations = JSON.parse(read("annotations.json")) as Annotations;
const notifications = JSON.parse(read("notifications.json")) as Notifications;
/** The file of templates that the product had when Grafana was asked. */
const own = read("own.tmpl");
const OWN: Texts = { own_subject: "ingestion.sujet", own_body: "ingestion.corps" };

describe("annotations as Grafana 12.2 shows them", () => {
  const { externalURL, templates } = annotations;
  test("every recorded answer is here", () => {
    expect(annotations.alerts.flatMap((alert) => Object.keys(alert.annotations))).toHaveLength(840);
  });
  test.each(annotations.alerts)("$b of $labels.source", ({ labels, b: measured, annotations: expected }) => {
    const rendered = Object.keys(expected).map((name) => [
      name,
      recordedAnnotation(templates[name]!, labels, { measured, externalURL }),
    ]);
    expect(Object.fromEntries(rendered)).toEqual(expected);
  });
});

describe("notifications as Grafana 12.2 answers its template test", () => {
  const { sets, templates, externalURL, receiver, groupLabels } = notifications;
  test("every recorded answer is here", () => expect(notifications.answers).toHaveLength(185));
  test.each(notifications.answers)("$name over $set", ({ set, name, ...expected }) => {
    const given = { alerts: sets[set]!, externalURL, receiver, groupLabels };
    const rendered = OWN[name] ? renderNotification(own, OWN[name], given) : renderBody(templates[name]!, given);
    expect(rendered).toEqual(expected);
  });
});
