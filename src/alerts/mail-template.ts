import { freshnessLookback } from "../core/config/checks.ts";
import type { Config } from "../core/config/schema.ts";
import { DAY_S } from "../core/spans.ts";
import { dashboards } from "../queries/places.ts";
import { columns, type etats } from "../schema.ts";
import type { RuleName } from "./rule.ts";

/** Of more instances than this the others are only counted. */
const SHOWN = 10;
const DATE = "02/01/2006";
const CLOCK = "15:04 MST";
/** In nanoseconds, as Go counts. */
const MINUTE = 60_000_000_000;

const FAILED: (typeof etats)[number] = "FAILED";
const FAILURES_ONLY = (["1-echec-detecte", "2-taux-echec-eleve"] satisfies RuleName[])
  .map((name) => `"${name}"`)
  .join(" ");
/** What led to this rule lies further back than the hour before it, which Grafana's own addresses show. */
const LOOKS_BACK: RuleName = "3-source-muette";

const LOGS = `reReplaceAll "/d/[^?]*" "/d/${dashboards.logs}" .PanelURL | reReplaceAll "&(orgId|viewPanel)=[^&]*" ""`;
const WITHOUT_ORGANISATION = 'reReplaceAll "&orgId=[0-9]+" ""';
/** What need not stand in the address of a silence that names the rule. */
const NAMED_BY_RULE = "alertname|grafana_folder|ref_id|rule|rulename|severity";

/**
 * The French mail, as Grafana's notification templates.
 * They hold no dollar sign: Grafana would take it for one of a variable of its environment.
 * A rule that cannot ask Loki is mailed as DatasourceError, with its own name as a label.
 */
export const mailTemplate = ({
  sources,
}: Config) => `{{ define "ingestion.nom" }}{{ if .rulename }}{{ .rulename }}{{ else }}{{ .alertname }}{{ end }}{{ end }}

{{ define "ingestion.lieu" }}{{ if .source }}{{ .source }}{{ else }}toutes les sources{{ end }}{{ end }}
{{ define "ingestion.loki" }}{{ if eq . "firing" }}Loki ne répond pas{{ else }}Loki répond de nouveau{{ end }}{{ end }}

{{ define "ingestion.nombres" -}}
{{ with .Firing }}{{ len . }} en cours{{ end }}
{{- if and .Firing .Resolved }}, {{ end }}
{{- with .Resolved }}{{ len . }} rétablie{{ if gt (len .) 1 }}s{{ end }}{{ end }}
{{- end }}

{{ define "ingestion.sujet" -}}
[{{ if eq .Status "firing" }}ALERTE{{ else }}RÉTABLI{{ end }}] {{ template "ingestion.nom" .CommonLabels }}
{{- if .CommonLabels.rulename }} · {{ template "ingestion.loki" .Status }}
{{- else if eq (len .Alerts) 1 }} · {{ template "ingestion.lieu" .CommonLabels }}
{{- else }} ({{ template "ingestion.nombres" .Alerts }})
{{- end }}
{{- end }}

{{ define "ingestion.duree" -}}
{{ printf "%s" . | reReplaceAll "^0s" "moins d'une minute" | reReplaceAll "h" " h " | reReplaceAll " 0m0s" "" | reReplaceAll "m0s" " min" }}
{{- end }}

{{ define "ingestion.periode" -}}
{{ if eq (.StartsAt.Format "${DATE}") (.EndsAt.Format "${DATE}") -}}
le {{ .StartsAt.Format "${DATE} de 15:04" }} à {{ .EndsAt.Format "${CLOCK}" }}
{{- else -}}
du {{ .StartsAt.Format "${DATE} à ${CLOCK}" }} au {{ .EndsAt.Format "${DATE} à ${CLOCK}" }}
{{- end }}, pendant {{ template "ingestion.duree" (.EndsAt.Sub .StartsAt).Round ${MINUTE} }}
{{- end }}

{{ define "ingestion.journaux" -}}
{{ if eq .Labels.rule "${LOOKS_BACK}" -}}
{{ ${LOGS} | reReplaceAll "from=[0-9]+" (printf "from=%d" (.StartsAt.AddDate 0 0 -${Math.ceil(freshnessLookback(sources).value / DAY_S)}).UnixMilli) }}
{{- else -}}
{{ ${LOGS} }}
{{- end }}
{{- if eq .Labels.rule ${FAILURES_ONLY} }}&var-${columns.etat.name}=${FAILED}{{ end }}
{{- with .Labels.source }}&var-${columns.source.name}={{ urlquery . }}{{ end }}
{{- end }}

{{ define "ingestion.sourdine" -}}
{{ if match "__alert_rule_uid__" . -}}
{{ reReplaceAll "&matcher=(${NAMED_BY_RULE})%3D[^&]*" "" . | ${WITHOUT_ORGANISATION} }}
{{- else -}}
{{ ${WITHOUT_ORGANISATION} . }}
{{- end }}
{{- end }}

{{ define "ingestion.en-cours" -}}
EN COURS — {{ template "ingestion.nom" .Labels }}
{{- if eq .Labels.severity "critical" }} (critique){{ else }} (avertissement){{ end }}
{{- if .Labels.rulename }} · {{ template "ingestion.loki" .Status }}{{ else }} · {{ template "ingestion.lieu" .Labels }}{{ end }}
{{- with .StartsAt }} · depuis le {{ .Format "${DATE} à ${CLOCK}" }}{{ end }}
{{ .Annotations.description }}
{{- with .Annotations.Error }}
Erreur rapportée : {{ . }}
{{- end }}
{{- end }}

{{ define "ingestion.retabli" -}}
RÉTABLI — {{ template "ingestion.nom" .Labels }}
{{- if .Labels.rulename }} · {{ template "ingestion.loki" .Status }} · sans réponse {{ template "ingestion.periode" . }}
{{- else }} · {{ template "ingestion.lieu" .Labels }} · {{ template "ingestion.periode" . }}
{{- end }}
{{- if .Labels.rulename }}
À vérifier : ce qui est arrivé pendant ce temps n'a peut-être pas été signalé.
{{- end }}
{{- end }}

{{ define "ingestion.instance" -}}
{{ if eq .Status "firing" }}{{ template "ingestion.en-cours" . }}{{ else }}{{ template "ingestion.retabli" . }}{{ end }}
{{- with .PanelURL }}
Panneau : {{ ${WITHOUT_ORGANISATION} . }}
{{- end }}
{{- if and .PanelURL (not .Labels.rulename) }}
Journaux : {{ template "ingestion.journaux" . }}
{{- end }}
{{- if eq .Status "firing" }}
{{- with .Annotations.runbook_url }}
Procédure : {{ . }}
{{- end }}
{{- with .SilenceURL }}
Sourdine : {{ template "ingestion.sourdine" . }}
{{- end }}
{{- end }}

{{ end }}

{{ define "ingestion.corps" -}}
{{ if gt (len .Alerts) ${SHOWN} -}}
{{ range slice .Alerts 0 ${SHOWN} }}{{ template "ingestion.instance" . }}{{ end -}}
… et {{ len (slice .Alerts ${SHOWN}) }} autre{{ if gt (len .Alerts) ${SHOWN + 1} }}s{{ end }}
{{- else -}}
{{ range .Alerts }}{{ template "ingestion.instance" . }}{{ end }}
{{- end }}
{{- end }}
`;
