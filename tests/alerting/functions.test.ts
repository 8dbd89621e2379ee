import { describe, expect, test } from "vitest";
import type { Alert } from "../../src/alerting/notification-data.ts";
import { recordedAnnotation, renderBody } from "../support/mails.ts";

const externalURL = "http://grafana.example:3000/grafana/";
const LABELS = { alertname: "r", source: "PowerBI", zone: "1-Raw" };
const annotation = (template: string, measured = "1234567.891"): string =>
  recordedAnnotation(template, LABELS, { measured, externalURL });

const ALERT: Alert = {
  labels: LABELS,
  annotations: { summary: "a < b" },
  startsAt: "2026-07-01T22:05:00+02:00",
};
const text = (template: string): string | undefined => {
  const rendered = renderBody(template, { alerts: [ALERT], receiver: "equipe", externalURL, groupLabels: {} });
  return "text" in rendered ? rendered.text : rendered.error;
};

describe("annotations", () => {
  test.each([
    ["{{ humanize $value }} {{ $value | humanize1024 }} {{ humanizePercentage 0.014 }}", "1.235M 1.177Mi 1.4%"],
    ['{{ printf "%.1f" $values.B.Value | reReplaceAll "\\\\." "," }}', "1234567,9"],
    ['{{ if and (gt $values.B.Value 1e6) (eq $labels.source "PowerBI") }}oui{{ end }}', "oui"],
    [
      '{{ filterLabelsRe $labels "^s|^z" }}|{{ removeLabelsRe $labels "^_|alert|folder|zone" }}',
      "source=PowerBI, zone=1-Raw|source=PowerBI",
    ],
    ['{{ define "u" }}{{ . }} s{{ end }}{{ tmpl "u" 3 }}', "3 s"],
    ["{{ humanizeTimestamp 1500000000.5 }} {{ (toTime 0).Year }}", "2017-07-14 02:40:00.5 +0000 UTC 1970"],
    ['{{ parseDuration "1d2h" }} {{ parseDuration "1d2h" | humanizeDuration }}', "93600 1d 2h 0m 0s"],
    ['{{ stripPort "[::1]:80" }} {{ stripDomain "a.b.c:80" }} {{ stripDomain "10.0.0.7:80" }}', "::1 a:80 10.0.0.7:80"],
    ['{{ title "powerBI raw" }} {{ pathPrefix }} {{ len (query "up") }}', "PowerBI Raw /grafana/ 0"],
    ["  {{ $labels.zone }}", "1-Raw"],
    ["{{ $values.B.Value.Nope }}", "{{ $values.B.Value.Nope }}"],
    ["{{ humanize $values.B }}", "{{ humanize $values.B }}"],
  ])("%s", (template, expected) => expect(annotation(template)).toBe(expected));

  test.each([
    ["NaN", "NaN NaN"],
    ["+Inf", "+Inf +Inf"],
    ["-0.5", "-0.5 -500m"],
  ])("a value of %s", (b, expected) => expect(annotation("{{ $values.B }} {{ humanize $value }}", b)).toBe(expected));
});

describe("notifications", () => {
  test.each([
    [
      '{{ range .Alerts }}{{ .StartsAt.UTC.Format "15:04" }} {{ .StartsAt | tz "America/New_York" | date "15:04 MST" }}{{ end }}',
      "20:05 16:05 EDT",
    ],
    ['{{ (coll.Dict "a" (coll.Slice 1 2)).a }} {{ coll.Append 3 (coll.Slice 1 2) }}', "[1 2] [1 2 3]"],
    [
      "{{ data.ToJSON (index .Alerts 0).Labels }}",
      '{"alertname":"r","grafana_folder":"Test Folder","source":"PowerBI","zone":"1-Raw"}',
    ],
    ['{{ data.ToJSON (coll.Dict "s" "<&>" "n" nil "f" 1.5) }}', '{"f":1.5,"n":null,"s":"\\u003c\\u0026\\u003e"}'],
    ['{{ (data.JSON "{\\"a\\":[1,2]}").a }}', "[1 2]"],
    ['{{ define "x" }}<{{ . }}>{{ end }}{{ tmpl.Exec "x" 1 }}{{ tmpl.Inline "[{{ . }}]" 2 }}', "<1>[2]"],
    [
      "{{ range .Alerts }}{{ .Labels.SortedPairs.Names }} {{ len .Labels.Values }}{{ end }}",
      "[alertname grafana_folder source zone] 4",
    ],
    ['{{ title "o\'neil POWERBI 3rd" }} {{ toUpper "ß" }}', "O'neil Powerbi 3Rd ß"],
    [
      '{{ tz "Nulle/Part" (index .Alerts 0).StartsAt }}',
      'template: :1:19: executing "o" at <tz "Nulle/Part" (index .Alerts 0).StartsAt>: error calling tz: unknown time zone Nulle/Part',
    ],
  ])("%s", (template, expected) => expect(text(template)).toBe(expected));

  test("an alert without a dashboard has no address of one", () => {
    expect(text("{{ range .Alerts }}[{{ .DashboardURL }}{{ .PanelURL }}{{ .GeneratorURL }}]{{ end }}")).toBe("[]");
  });
});
