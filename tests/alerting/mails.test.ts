import { describe, expect, test } from "vitest";
import { mailOf as mailWith } from "../../src/alerting/mails.ts";
import { outputs } from "../../src/generator/outputs.ts";
import { composeTarget } from "../../src/generator/targets.ts";
import { config } from "../support/config.ts";
import { annotations as annotationsOf, type Instance, mail as mailOf } from "../support/mails.ts";

const FOLDER = "grafana-provisioning/alerting";
const files = outputs(config, composeTarget);
const built = (name: string): string => files.get(`${FOLDER}/${name}`)!;
const mail = (name: string, ...instances: Instance[]): string => mailOf(built, name, instances);
const annotations = (name: string, values: Readonly<Record<string, number>>, source?: string): string =>
  annotationsOf(built, name, { labels: source === undefined ? {} : { source }, values });

const startsAt = "2026-11-27T02:50:10Z";
const of = (source: string, values: Readonly<Record<string, number>>): Instance => ({
  labels: { source },
  values,
  startsAt,
});
const over = (instance: Instance, endsAt: string): Instance => ({ ...instance, endsAt });
const UNANSWERED: Instance = {
  values: {},
  error:
    'failed to execute query A: Get "http://loki:3100/loki/api/v1/query_range": dial tcp: connect: connection refused',
  startsAt,
};

test.each<[name: string, values: Readonly<Record<string, number>>, source: string | undefined, summary: string]>([
  ["1-echec-detecte", { B: 1 }, "Efficy", "Efficy : 1 échec d'ingestion en 5 min (seuil 1)"],
  ["1-echec-detecte", { B: 12 }, "Efficy", "Efficy : 12 échecs d'ingestion en 5 min (seuil 1)"],
  ["2-taux-echec-eleve", { B: 1 / 72 }, undefined, "Taux d'échec de 1,389 % sur 15 min (seuil 2 %)"],
  ["3-source-muette", { B: 4500 }, "zohocrm", "La source zohocrm est muette depuis plus de 1 h 15 min"],
  ["3-source-muette", { B: 93_600 }, undefined, "Toutes les sources sont muettes depuis plus de 1 j 2 h"],
  ["3-source-muette", {}, undefined, "Loki ne répond pas : les sources muettes ne sont plus signalées"],
  ["4-latence-degradee", { B: 787.312 }, "Efficy", "Efficy : durée p95 de 13 min 7 s sur 15 min (seuil 10 s)"],
  [
    "5-surconsommation-ressources",
    { C: 177_340_416, D: 0.09 },
    "PowerBI",
    "PowerBI : mémoire 177,3 Mo (seuil 150 Mo), CPU 0,09 s (seuil 60 s) sur 15 min",
  ],
])("the summary of %s with %j", (name, values, source, summary) =>
  expect(annotations(name, values, source).split("\n")[0]).toBe(summary),
);

test("the description of several failures", () =>
  expect(annotations("1-echec-detecte", { B: 12 }, "Efficy")).toContain(
    "\n12 exécutions en échec en 5 min (seuil 1) : des données de Efficy peuvent manquer dans le lac.\n",
  ));

describe("a value in French", () => {
  const measured = (name: string, values: Readonly<Record<string, number>>, pattern: RegExp) =>
    pattern.exec(annotations(name, values, "x"))?.[1];
  test.each([
    [10.04, "10,04 s"],
    [12.4, "12,4 s"],
    [100, "100 s"],
    [119.994, "119,99 s"],
    [120, "2 min"],
    [787.3, "13 min 7 s"],
    [3605, "1 h 5 s"],
    [176_400, "2 j 1 h"],
  ])("%d seconds", (value, expected) =>
    expect(measured("4-latence-degradee", { B: value }, /p95 de (.*) sur/)).toBe(expected),
  );
  test.each([
    [0, "0 o"],
    [512, "512 o"],
    [5_517_312, "5,517 Mo"],
    [162_000_000, "162 Mo"],
    [1_250_000_000, "1,25 Go"],
  ])("%d bytes", (value, expected) =>
    expect(measured("5-surconsommation-ressources", { C: value, D: 1 }, /mémoire (.*?) \(/)).toBe(expected),
  );
  test.each([
    [0.0139, "1,39 %"],
    [0.5, "50 %"],
    [1, "100 %"],
  ])("a share of %d", (value, expected) =>
    expect(measured("2-taux-echec-eleve", { B: value }, /échec de (.*) sur/)).toBe(expected),
  );
});

describe("mails", () => {
  test("1: a failure", () =>
    expect(mail("1-echec-detecte", of("sharepoint_graph", { B: 1 }))).toMatchInlineSnapshot(`
    "[ALERTE] Échec détecté · sharepoint_graph

    EN COURS — Échec détecté (critique) · sharepoint_graph · depuis le 27/11/2026 à 02:50 UTC
    1 exécution en échec en 5 min (seuil 1) : des données de sharepoint_graph peuvent manquer dans le lac.
    À faire d'abord : lire la cause dans la colonne Description des journaux, puis relancer l'objet en échec.
    Panneau : http://localhost:3000/d/1-ingestion-health?from=1795744210000&to=1795748700000&viewPanel=2
    Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-etat=FAILED&var-source=sharepoint_graph
    Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D1-echec-detecte&matcher=source%3Dsharepoint_graph

    "
  `));
  test("2: a rule without source", () =>
    expect(mail("2-taux-echec-eleve", { values: { B: 0.034 }, startsAt })).toMatchInlineSnapshot(`
    "[ALERTE] Taux d'échec élevé · toutes les sources

    EN COURS — Taux d'échec élevé (avertissement) · toutes les sources · depuis le 27/11/2026 à 02:50 UTC
    3,4 % des exécutions des 15 min précédentes ont échoué, toutes sources confondues (seuil 2 %, dépassé depuis au moins 15 min).
    À faire d'abord : regarder sur le panneau si une seule source porte les échecs ; si toutes montent, chercher une cause commune (réseau, lac de données, identifiants).
    Panneau : http://localhost:3000/d/2-errors-slas?from=1795744210000&to=1795748700000&viewPanel=1
    Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-etat=FAILED
    Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D2-taux-echec-eleve

    "
  `));
  test("3: a source whose name needs an address of its own", () =>
    expect(mail("3-source-muette", of("Zoho & Cie", { B: 4500 }))).toMatchInlineSnapshot(`
    "[ALERTE] Source muette · Zoho & Cie

    EN COURS — Source muette (critique) · Zoho & Cie · depuis le 27/11/2026 à 02:50 UTC
    La source Zoho & Cie est muette : aucune exécution, réussie ou non, depuis plus de 1 h 15 min, le silence maximal admis.
    À faire d'abord : vérifier que l'ordonnanceur a lancé le connecteur ; si toutes les sources sont muettes, vérifier d'abord le producteur, Kafka et le collecteur.
    Panneau : http://localhost:3000/d/2-errors-slas?from=1795744210000&to=1795748700000&viewPanel=3
    Journaux : http://localhost:3000/d/4-logs-debugging?from=1795661410000&to=1795748700000&var-source=Zoho+%26+Cie
    Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D3-source-muette&matcher=source%3DZoho+%26+Cie

    "
  `));
  test("3: every source", () =>
    expect(mail("3-source-muette", { values: { B: 4500 }, startsAt })).toMatchInlineSnapshot(`
    "[ALERTE] Source muette · toutes les sources

    EN COURS — Source muette (critique) · toutes les sources · depuis le 27/11/2026 à 02:50 UTC
    Toutes les sources sont muettes : aucune exécution, réussie ou non, depuis plus de 1 h 15 min, le silence maximal admis.
    À faire d'abord : vérifier que l'ordonnanceur a lancé le connecteur ; si toutes les sources sont muettes, vérifier d'abord le producteur, Kafka et le collecteur.
    Panneau : http://localhost:3000/d/2-errors-slas?from=1795744210000&to=1795748700000&viewPanel=3
    Journaux : http://localhost:3000/d/4-logs-debugging?from=1795661410000&to=1795748700000
    Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D3-source-muette

    "
  `));
  test("3: Loki out of reach", () =>
    expect(mail("3-source-muette", UNANSWERED)).toMatchInlineSnapshot(`
    "[ALERTE] Source muette · Loki ne répond pas

    EN COURS — Source muette (critique) · Loki ne répond pas · depuis le 27/11/2026 à 02:50 UTC
    Loki, qui garde les journaux, ne répond pas à cette alerte. Pendant ce temps, aucune source muette n'est signalée ; les autres alertes, qui interrogent aussi Loki, n'en disent rien et peuvent se taire.
    À faire d'abord : vérifier que Loki tourne et que Grafana le joint ; ensuite, regarder sur le panneau ce qui s'est passé pendant la panne.
    Erreur rapportée : failed to execute query A: Get "http://loki:3100/loki/api/v1/query_range": dial tcp: connect: connection refused
    Panneau : http://localhost:3000/d/2-errors-slas?from=1795744210000&to=1795748700000&viewPanel=3
    Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D3-source-muette&matcher=datasource_uid%3DLoki

    "
  `));
  test("3: Loki is back", () =>
    expect(mail("3-source-muette", over(UNANSWERED, "2026-11-27T04:05:10Z"))).toMatchInlineSnapshot(`
    "[RÉTABLI] Source muette · Loki répond de nouveau

    RÉTABLI — Source muette · Loki répond de nouveau · sans réponse le 27/11/2026 de 02:50 à 04:05 UTC, pendant 1 h 15 min
    À vérifier : ce qui est arrivé pendant ce temps n'a peut-être pas été signalé.
    Panneau : http://localhost:3000/d/2-errors-slas?from=1795744210000&to=1795748700000&viewPanel=3

    "
  `));
  test("4: two sources, and one that is over", () => {
    const instances = [
      of("Efficy", { B: 12.4 }),
      over(of("PowerBI", { B: 3.1 }), "2026-11-27T03:15:10Z"),
      of("zohocrm", { B: 10.5 }),
    ];
    expect(mail("4-latence-degradee", ...instances)).toMatchInlineSnapshot(`
      "[ALERTE] Latence dégradée (2 en cours, 1 rétablie)

      EN COURS — Latence dégradée (avertissement) · Efficy · depuis le 27/11/2026 à 02:50 UTC
      Durée p95 de 12,4 s sur 15 min (seuil 10 s, dépassé depuis au moins 5 min) : une exécution sur vingt dure encore plus longtemps.
      À faire d'abord : ouvrir les journaux de la source, trier par durée et comparer le volume et l'API des objets les plus lents.
      Panneau : http://localhost:3000/d/1-ingestion-health?from=1795744210000&to=1795748700000&viewPanel=4
      Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-source=Efficy
      Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D4-latence-degradee&matcher=source%3DEfficy

      RÉTABLI — Latence dégradée · PowerBI · le 27/11/2026 de 02:50 à 03:15 UTC, pendant 25 min
      Panneau : http://localhost:3000/d/1-ingestion-health?from=1795744210000&to=1795748700000&viewPanel=4
      Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-source=PowerBI

      EN COURS — Latence dégradée (avertissement) · zohocrm · depuis le 27/11/2026 à 02:50 UTC
      Durée p95 de 10,5 s sur 15 min (seuil 10 s, dépassé depuis au moins 5 min) : une exécution sur vingt dure encore plus longtemps.
      À faire d'abord : ouvrir les journaux de la source, trier par durée et comparer le volume et l'API des objets les plus lents.
      Panneau : http://localhost:3000/d/1-ingestion-health?from=1795744210000&to=1795748700000&viewPanel=4
      Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-source=zohocrm
      Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D4-latence-degradee&matcher=source%3Dzohocrm

      "
    `);
  });
  test("5", () =>
    expect(mail("5-surconsommation-ressources", of("PowerBI", { C: 162_000_000, D: 12.4 }))).toMatchInlineSnapshot(`
    "[ALERTE] Surconsommation de ressources · PowerBI

    EN COURS — Surconsommation de ressources (avertissement) · PowerBI · depuis le 27/11/2026 à 02:50 UTC
    Au plus fort des 15 min précédentes : mémoire 162 Mo (seuil 150 Mo), CPU 12,4 s (seuil 60 s), pas forcément dans la même exécution ; l'un des seuils est dépassé depuis au moins 5 min.
    À faire d'abord : trouver l'objet dans les journaux de la source, triés par mémoire ou CPU, puis réduire son lot ou sa période.
    Panneau : http://localhost:3000/d/3-performance-resource?from=1795744210000&to=1795748700000&viewPanel=3
    Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-source=PowerBI
    Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D5-surconsommation-ressources&matcher=source%3DPowerBI

    "
  `));
  test("2: resolved the same day", () => {
    expect(mail("2-taux-echec-eleve", over({ values: {}, startsAt }, "2026-11-27T03:15:10Z"))).toMatchInlineSnapshot(`
      "[RÉTABLI] Taux d'échec élevé · toutes les sources

      RÉTABLI — Taux d'échec élevé · toutes les sources · le 27/11/2026 de 02:50 à 03:15 UTC, pendant 25 min
      Panneau : http://localhost:3000/d/2-errors-slas?from=1795744210000&to=1795748700000&viewPanel=1
      Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-etat=FAILED

      "
    `);
  });
  test("4: two resolved, after midnight", () => {
    const instances = [over(of("Efficy", {}), "2026-11-28T02:50:10Z"), over(of("PowerBI", {}), "2026-11-28T04:00:10Z")];
    expect(mail("4-latence-degradee", ...instances)).toMatchInlineSnapshot(`
      "[RÉTABLI] Latence dégradée (2 rétablies)

      RÉTABLI — Latence dégradée · Efficy · du 27/11/2026 à 02:50 UTC au 28/11/2026 à 02:50 UTC, pendant 24 h
      Panneau : http://localhost:3000/d/1-ingestion-health?from=1795744210000&to=1795748700000&viewPanel=4
      Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-source=Efficy

      RÉTABLI — Latence dégradée · PowerBI · du 27/11/2026 à 02:50 UTC au 28/11/2026 à 04:00 UTC, pendant 25 h 10 min
      Panneau : http://localhost:3000/d/1-ingestion-health?from=1795744210000&to=1795748700000&viewPanel=4
      Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-source=PowerBI

      "
    `);
  });
  test("the address of the runbook, where there is one", () => {
    const files = outputs(config, composeTarget, { runbookBaseUrl: "https://example.org/runbooks/" });
    const text = mailOf((name) => files.get(`${FOLDER}/${name}`)!, "1-echec-detecte", [
      of("sharepoint_graph", { B: 1 }),
    ]);
    expect(text.split("\n").filter((line) => line.includes(" : http"))).toMatchInlineSnapshot(`
      [
        "Panneau : http://localhost:3000/d/1-ingestion-health?from=1795744210000&to=1795748700000&viewPanel=2",
        "Journaux : http://localhost:3000/d/4-logs-debugging?from=1795744210000&to=1795748700000&var-etat=FAILED&var-source=sharepoint_graph",
        "Procédure : https://example.org/runbooks/1-echec-detecte.md",
        "Sourdine : http://localhost:3000/alerting/silence/new?alertmanager=grafana&matcher=__alert_rule_uid__%3D1-echec-detecte&matcher=source%3Dsharepoint_graph",
      ]
    `);
  });
});

describe("many instances", () => {
  const dozen = Array.from({ length: 12 }, (_, index) => of(`source${index + 1}`, { B: 11 })).reverse();
  test.each([
    [10, undefined],
    [11, "… et 1 autre"],
    [12, "… et 2 autres"],
  ])("%d: ten in Grafana's order, and the number of the others", (count, expected) => {
    const lines = mail("4-latence-degradee", ...dozen.slice(0, count)).split("\n");
    expect(lines[0]).toBe(`[ALERTE] Latence dégradée (${count} en cours)`);
    const shown = lines.flatMap((line) => /^EN COURS.* (source\d+) · depuis/.exec(line)?.[1] ?? []);
    expect(shown).toEqual(Array.from({ length: 10 }, (_, index) => `source${12 - index}`));
    expect(lines.find((line) => line.startsWith("…"))).toBe(expected);
  });
});

test("a file of templates may call its own as it likes", () => {
  const texts = { subject: '{{ template "mail" . }}', message: "", templates: '{{ define "mail" }}Bonjour{{ end }}' };
  const notification = { alerts: [], receiver: "", externalURL: "", groupLabels: {} };
  const { subject } = mailWith(texts, notification, { faulty: (error) => error });
  expect(subject).toBe("Bonjour");
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: as Grafana reads it
test("Grafana expands what follows a dollar sign: the recipient alone has one", () => {
  expect(built("alerting.yml").match(/\$.*/g)).toEqual(["${ALERT_EMAIL_TO}", "${ALERT_EMAIL_TO}"]);
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as Grafana reads it
