import type { Config } from "../../core/config/schema.ts";
import { inFrench } from "../../core/units.ts";
import type { Figures } from "./figures.ts";
import * as french from "./french.ts";
import type { Observed, Period } from "./period.ts";
import type { Origin } from "./sources.ts";

/** What a report is made of. */
export type Made = Readonly<{
  period: Period;
  observed: Observed;
  now: number;
  figures: Figures;
  config: Config;
  origin: Origin;
}>;

/** A period in words. */
export function inWords({ from, to, zone }: Period): string {
  if (!french.isMidnight(from, zone) || !french.isMidnight(to, zone))
    return `Du ${french.momentInWords(from, zone)} au ${french.momentInWords(to, zone)} (exclu)`;
  const last = french.day(to - 1, zone);
  return french.day(from, zone) === last ? `Le ${last}` : `Du ${french.day(from, zone)} au ${last}`;
}

function ofPeriod({
  observed: { expired, unfinished, start, end },
  period: { from, zone },
  config: { retention },
  now,
}: Made): string[] {
  const notices: string[] = [];
  if (from > now) notices.push("Période à venir : elle n'a pas encore commencé.");
  else if (unfinished)
    notices.push(
      `Période incomplète : elle n'est pas terminée ; les chiffres s'arrêtent au ${french.momentInWords(end, zone)}.`,
    );
  const lost =
    start < end
      ? `celles d'avant le ${french.momentInWords(start, zone)} n'existent plus et manquent aux chiffres`
      : "celles de cette période n'existent plus";
  if (expired) notices.push(`Période incomplète : Loki ne conserve les données que ${inFrench(retention)} ; ${lost}.`);
  return notices;
}

function ofLoki({ total, unreadable, doubled }: Figures): string[] {
  const notices: string[] = [];
  const only = unreadable > 0 ? `, seulement des lignes illisibles (${unreadable})` : "";
  if (total.runs === 0) notices.push(`Aucune donnée : Loki ne contient aucune exécution pour cette période${only}.`);
  if (doubled > 0)
    notices.push(
      `Loki contient ${doubled} exécution${doubled > 1 ? "s" : ""} en double, que comptent les nombres d'exécutions et d'échecs comme le font les tableaux de bord, mais non les causes ni les listes.`,
    );
  return notices;
}

function ofRecords({ total }: Figures, { rejected, faults }: Extract<Origin, { kind: "records" }>): string[] {
  const notices: string[] = [];
  if (total.runs === 0)
    notices.push("Aucune donnée : les journaux lus ne contiennent aucune exécution pour cette période.");
  if (rejected > 0)
    notices.push(
      rejected > 1
        ? `${rejected} enregistrements des journaux ont été rejetés et manquent aux chiffres, s'ils sont de cette période.`
        : "1 enregistrement des journaux a été rejeté et manque aux chiffres, s'il est de cette période.",
    );
  if (faults > 0)
    notices.push(
      faults > 1
        ? `${faults} fichiers n'ont pas pu être lus jusqu'au bout : leurs exécutions manquent aux chiffres.`
        : "1 fichier n'a pas pu être lu jusqu'au bout : ses exécutions manquent aux chiffres.",
    );
  return notices;
}

/** What makes the figures incomplete or uncertain. */
export const noticesOf = (made: Made): string[] => [
  ...ofPeriod(made),
  ...(made.origin.kind === "loki" ? ofLoki(made.figures) : ofRecords(made.figures, made.origin)),
];

const BELONGS = {
  loki: "Une exécution appartient à la période par l'heure de son arrivée dans Loki, comme dans les tableaux de bord ; pour un historique rechargé, c'est l'heure de fin de l'exécution.",
  records:
    "Une exécution appartient à la période par son heure de fin, lue dans les journaux mêmes ; les tableaux de bord prennent l'heure de son arrivée dans Loki, sauf pour un historique rechargé.",
};
const NO_RUNS = {
  loki: "Les lignes illisibles (INVALID) ne sont pas des exécutions.",
  records: "Les enregistrements rejetés ne sont pas des exécutions.",
};

/** How the figures came about. */
export const methodOf = ({ kind }: Origin): string[] => [
  `${BELONGS[kind]} Le début de la période est compris, sa fin ne l'est pas.`,
  `Les nombres, les centiles, les moyennes et les pics viennent des mêmes requêtes que les tableaux de bord, toutes entreprises et zones confondues. ${NO_RUNS[kind]}`,
  "MTTR : moyenne des temps entre le premier échec d'un objet et son succès suivant, pour les rétablissements de la période. Un objet non rétabli a échoué dans la période sans y réussir ensuite.",
  "Fraîcheur : un silence est le temps entre deux exécutions d'une source, coupé aux bornes de la période ; il y a manquement quand il dépasse le silence admis. Une source attendue doit s'exécuter dès le début de la période, une source non déclarée dès sa première exécution, une source retirée jamais.",
  "Causes : les échecs d'une source dont les descriptions ne diffèrent que par des dates, adresses, identifiants ou grands nombres sont réunis sous l'un de leurs textes.",
  "Les objectifs sont les seuils des alertes.",
];
