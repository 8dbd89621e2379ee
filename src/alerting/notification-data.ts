import { HOUR_MS } from "../core/spans.ts";
import type { Labels } from "../logql/evaluate/labels.ts";
import { escapeQuery } from "../logql/template/run/escape.ts";
import { ZERO_TIME } from "../logql/template/time/instant.ts";
import { parseDate } from "../logql/template/time/parse-date.ts";
import { time } from "../logql/template/time/time.ts";
import { UTC } from "../logql/template/time/zone.ts";
import {
  dict,
  FLOAT,
  type List,
  list,
  type Method,
  type Struct,
  sorted,
  type Type,
  type Value,
} from "../logql/template/value.ts";
import { kv } from "./labels.ts";

/** An alert as the template test of Grafana's API takes it; without `endsAt` it fires. */
export type Alert = Readonly<{ labels: Labels; annotations: Labels }> &
  Readonly<Partial<Record<"startsAt" | "endsAt" | "generatorURL" | "fingerprint", string>>>;
/** What is told to whom; `now` is when it is written, as RFC 3339. */
export type Notification = Readonly<{
  alerts: readonly Alert[];
  receiver: string;
  externalURL: string;
  groupLabels: Labels;
  now?: string;
}>;

/** What stands for the moment of the rendering and for a fingerprint where none is given. */
const NOW = "<now>";
const FINGERPRINT = "<fingerprint>";
const FILLED: Labels = { alertname: "TestAlert", grafana_folder: "Test Folder" };
const RFC3339 = "2006-01-02T15:04:05Z07:00";

const timeOf = (text: string | undefined): Struct => time((text && parseDate(RFC3339, text, UTC)) || ZERO_TIME);
const isPrivate = (name: string): boolean => name.startsWith("__") && name.endsWith("__");
const filtered = (labels: Labels, keeps: (name: string, value: string) => boolean): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name, value]) => keeps(name, value)));
const shown = (labels: Labels): Labels => filtered(labels, (name) => !isPrivate(name));

type Query = Readonly<Record<string, string | readonly string[]>>;
const address = (base: string, path: string, query: Query): string => {
  const parts = sorted(Object.keys(query)).flatMap((name) =>
    [query[name]!].flat().map((value) => `${name}=${escapeQuery(value)}`),
  );
  return `${base.replace(/\/$/, "")}/${path}?${parts.join("&")}`.replace(escapeQuery(NOW), NOW);
};

type Place = { readonly base: string; readonly now: string };
const dashboard = ({ annotations, startsAt }: Alert, { base, now }: Place): Record<"page" | "panel", string> => {
  const { __dashboardUid__: uid, __panelId__: panel } = annotations;
  if (!uid) return { page: "", panel: "" };
  const from = startsAt ? String(Date.parse(startsAt) - HOUR_MS) : NOW;
  const query = { from, orgId: "1", to: now };
  const at = (more: Query = {}) => address(base, `d/${uid}`, { ...query, ...more });
  return { page: at(), panel: panel ? at({ viewPanel: panel }) : "" };
};

const RULE = "__alert_rule_uid__";
/** What a silence need not name once it names the rule. */
const OF_RULE = ["alertname", "grafana_folder"];
const silence = (labels: Labels, { uid, base }: { uid: string | undefined; base: string }): string => {
  const others = filtered(labels, (name) => !OF_RULE.includes(name));
  const named = uid === undefined ? labels : { ...others, [RULE]: uid };
  const matcher = sorted(Object.keys(named)).map((name) => `${name}=${named[name]}`);
  return address(base, "alerting/silence/new", { alertmanager: "grafana", matcher, orgId: "1" });
};

const withOrganisation = (link: string): string => link && `${link}${link.includes("?") ? "&" : "?"}orgId=1`;

const fieldsOf = (alert: Alert, place: Place): Readonly<Record<string, Value>> => {
  const labels = shown({ ...FILLED, ...alert.labels });
  const { page, panel } = dashboard(alert, place);
  return {
    Status: alert.endsAt ? "resolved" : "firing",
    Labels: kv(labels),
    Annotations: kv(shown(alert.annotations)),
    StartsAt: timeOf(alert.startsAt),
    EndsAt: timeOf(alert.endsAt),
    GeneratorURL: withOrganisation(alert.generatorURL ?? ""),
    Fingerprint: alert.fingerprint ?? FINGERPRINT,
    SilenceURL: silence(labels, { uid: alert.labels[RULE], base: place.base }),
    DashboardURL: page,
    PanelURL: panel,
    Values: dict(VALUES, {}),
    ValueString: "",
    ImageURL: "",
    EmbeddedImage: "",
  };
};

const VALUES: Type = { name: "map[string]float64", kind: "map", element: FLOAT };
const NAMES =
  "Status Labels Annotations StartsAt EndsAt GeneratorURL Fingerprint SilenceURL DashboardURL PanelURL Values ValueString ImageURL EmbeddedImage";
const reads = (names: string): Type["fields"] =>
  Object.fromEntries(names.split(" ").map((name) => [name, ({ of }: Struct) => (of as Record<string, Value>)[name]]));

const ALERT: Type = { name: "templates.ExtendedAlert", kind: "struct", fields: reads(NAMES)! };
const withStatus = (status: string): Method => ({
  params: [],
  call: ({ items }: List) => {
    const isOne = (alert: Value) => ((alert as Struct).of as Record<string, Value>).Status === status;
    return list(ALERTS, items.filter(isOne));
  },
});
const ALERTS: Type = {
  name: "templates.ExtendedAlerts",
  kind: "slice",
  element: ALERT,
  methods: { Firing: withStatus("firing"), Resolved: withStatus("resolved") },
};
const DATA: Type = {
  name: "*templates.ExtendedData",
  kind: "struct",
  fields: reads(
    "Receiver Status Alerts GroupLabels CommonLabels CommonAnnotations ExternalURL GroupKey TruncatedAlerts",
  )!,
};

const common = (all: readonly Labels[]): Labels => {
  const [first = {}, ...rest] = all;
  return filtered(first, (name, value) => rest.every((labels) => labels[name] === value));
};

/** What a notification template reads. */
export const notificationData = ({ alerts, receiver, externalURL, groupLabels, now }: Notification): Struct => {
  const place = { base: externalURL, now: now === undefined ? NOW : String(Date.parse(now)) };
  const items = alerts.map((alert): Struct => ({ type: ALERT, of: fieldsOf(alert, place) }));
  const of: Readonly<Record<string, Value>> = {
    Receiver: receiver,
    Status: alerts.some(({ endsAt }) => !endsAt) ? "firing" : "resolved",
    Alerts: list(ALERTS, items),
    GroupLabels: kv(groupLabels),
    CommonLabels: kv(common(alerts.map(({ labels }) => shown({ ...FILLED, ...labels })))),
    CommonAnnotations: kv(common(alerts.map(({ annotations }) => shown(annotations)))),
    ExternalURL: externalURL,
    GroupKey: "",
    TruncatedAlerts: 0n,
  };
  return { type: DATA, of };
};
