import type { Config } from "../../../src/core/config/schema.ts";
import { grouped, quantile } from "../../support/expected.ts";
import type { History, Run } from "./month.ts";

/** What the CSV files must say, computed from the records alone. */
export type Asked = Readonly<{
  history: History;
  from: number;
  to: number;
  now: number;
  timeZone: string;
  sources: Config["sources"];
}>;
type Rows = string[][];

/** A number as the files have it: at most nine decimals, with a comma. */
const written = (value: number | undefined) =>
  value === undefined || Number.isNaN(value)
    ? ""
    : value
        .toFixed(9)
        .replace(/\.?0+$/, "")
        .replace(".", ",");
const local = (timeZone: string) => {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (ms: number | undefined) => (ms === undefined ? "" : format.format(ms));
};
/** What a spreadsheet would run as a formula begins with an apostrophe. */
const harmless = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text);
const oneLine = (text: string) => text.slice(0, 1600).split(/\s+/).filter(Boolean).join(" ");
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const max = (values: number[]) => (values.length === 0 ? undefined : values.reduce((a, b) => Math.max(a, b)));
const numbers = (values: unknown[]) => values.filter((value): value is number => typeof value === "number");
const listed = (names: string[]) => {
  const unique = [...new Set(names)].sort();
  const rest = unique.length - 5;
  const others = rest > 1 ? ` et ${rest} autres` : " et 1 autre";
  return unique.slice(0, 5).join(", ") + (rest > 0 ? others : "");
};
const textOrder = (a: string, b: string) => Number(a > b) - Number(a < b);

type Gap = { start: number; end: number };
function gaps(times: number[], from: number | undefined, to: number): Gap[] {
  const bounds = [...(from === undefined ? [] : [from]), ...times, to];
  return bounds.slice(1).map((end, index) => ({ start: bounds[index]!, end }));
}

export function expectedRows({ history, from, to, now, timeZone, sources: { expected, retired, maxSilence } }: Asked) {
  const moment = local(timeZone);
  const runs = history.runs.filter(({ at }) => at >= from && at < to);
  const declared = expected.map(({ source }) => source);
  const others = [...new Set(runs.map(({ source }) => source))].filter((source) => !declared.includes(source)).sort();
  const all = [...declared, ...others];
  const of = (source: string | undefined) =>
    source === undefined ? runs : runs.filter((run) => run.source === source);
  const failed = (list: Run[]) => list.filter(({ etat }) => etat === "FAILED");
  const repairs = (list: Run[]) =>
    numbers(list.filter(({ etat }) => etat === "SUCCESS").map(({ retablissement_s }) => retablissement_s));
  const rate = (list: Run[]) => (list.length === 0 ? undefined : (list.length - failed(list).length) / list.length);

  const open = [
    ...grouped(runs, ({ entreprise, source, objet }) => JSON.stringify([entreprise, source, objet])).values(),
  ].flatMap((list) => {
    const lastSuccess = list.findLastIndex(({ etat }) => etat === "SUCCESS");
    const since = list.slice(lastSuccess + 1);
    return since.length === 0 ? [] : [since];
  });
  const later = (list: Run[]) => {
    const same = (run: Run) =>
      (["entreprise", "source", "objet"] as const).every((name) => run[name] === list[0]![name]);
    return history.runs.find((run) => run.at >= to && run.at < now && run.etat === "SUCCESS" && same(run))?.at;
  };
  const openOf = (source: string | undefined) =>
    open.filter(([first]) => source === undefined || first!.source === source);

  const limitOf = (source: string | undefined) => {
    if (source === undefined) return maxSilence.value;
    if (retired.includes(source)) return undefined;
    return expected.find((one) => one.source === source)?.maxSilence?.value ?? maxSilence.value;
  };
  const gapsOf = (source: string | undefined) =>
    gaps(
      of(source).map(({ at }) => at),
      source === undefined || declared.includes(source) ? from : undefined,
      to,
    );
  const beyond = (source: string | undefined) =>
    gapsOf(source).filter(({ start, end }) => (end - start) / 1000 > (limitOf(source) ?? Number.POSITIVE_INFINITY));

  const causeRows = (list: Run[], name: string | undefined): Rows => {
    const failures = failed(list);
    return [...grouped(failures, ({ cause, source }) => `${name === undefined ? source : ""} ${cause}`).values()].map(
      (same) => {
        const [{ source, description }] = same as [Run];
        return [
          harmless(name ?? source),
          harmless(description === undefined ? "(sans description)" : oneLine(description)),
          `${same.length}`,
          written(same.length / (name ? failures.length : failed(of(source)).length)),
          `${new Set(same.map((run) => (name ? `${run.source} ${run.objet}` : run.objet))).size}`,
          harmless(listed(same.map((run) => (name ? `${run.source} · ${run.objet}` : run.objet)))),
        ];
      },
    );
  };
  const mostFirst = (a: string[], b: string[]) => Number(b[2]) - Number(a[2]) || textOrder(a[0]!, b[0]!);

  const days: Rows = [];
  for (const [day, list] of grouped(runs, ({ at }) => moment(at).slice(0, 10)))
    days.push([
      day,
      `${list.length}`,
      `${list.length - failed(list).length}`,
      `${failed(list).length}`,
      written(rate(list)),
    ]);

  const durations = numbers(runs.map(({ duree_s }) => duree_s));
  const breaches = all.flatMap((source) => beyond(source).map((gap) => ({ source, ...gap, limit: limitOf(source)! })));
  return {
    synthese: [
      ["Exécutions", `${runs.length}`],
      ["Échecs", `${failed(runs).length}`],
      ["Taux de succès", written(rate(runs))],
      ["Rétablissements", `${repairs(runs).length}`],
      ["Temps moyen de rétablissement (MTTR)", written(sum(repairs(runs)) / repairs(runs).length)],
      ["Objets non rétablis à la fin de la période", `${open.length}`],
      ["… dont toujours en échec", `${open.filter((list) => later(list) === undefined).length}`],
      ["Manquements à la fraîcheur", `${breaches.length}`],
      ["Durée médiane (p50)", written(quantile(durations, 0.5))],
      ["Durée p95", written(quantile(durations, 0.95))],
      ["Durée p99", written(quantile(durations, 0.99))],
      ["Temps CPU maximal", written(max(numbers(runs.map(({ cpu_s }) => cpu_s))))],
      ["Mémoire maximale", written(max(numbers(runs.map(({ memoire_octets }) => memoire_octets))))],
      ["Lignes illisibles (INVALID)", `${history.invalid.filter(({ at }) => at >= from && at < to).length}`],
    ],
    jours: days,
    fiabilite: [undefined, ...all].map((source) => {
      const list = of(source);
      const bad = failed(list).length;
      return [
        source ?? "Ensemble",
        `${list.length}`,
        `${list.length - bad}`,
        `${bad}`,
        written(rate(list)),
        `${repairs(list).length}`,
        written(sum(repairs(list)) / repairs(list).length),
        `${openOf(source).length}`,
      ];
    }),
    causes: [...causeRows(runs, "Ensemble").sort(mostFirst), ...causeRows(runs, undefined).sort(mostFirst)],
    "non-retablis": open
      .toSorted(([a], [b]) => a!.at - b!.at)
      .map((list) => {
        const [{ source, entreprise, objet, at }] = list as [Run];
        const { description } = list.at(-1)!;
        return [
          source,
          entreprise,
          harmless(objet),
          moment(at),
          `${list.length}`,
          harmless(description === undefined ? "(sans description)" : oneLine(description)),
          later(list) === undefined ? "non" : moment(later(list)),
        ];
      }),
    fraicheur: [undefined, ...all].map((source) => {
      const longest = gapsOf(source).reduce<Gap | undefined>(
        (best, gap) => (best && best.end - best.start >= gap.end - gap.start ? best : gap),
        undefined,
      );
      const limit = limitOf(source);
      const over =
        limit === undefined
          ? undefined
          : sum(beyond(source).map(({ start, end }) => end - start - 1000 * limit)) / 1000;
      return [
        source ?? "Toutes à la fois",
        written(limit),
        written(longest && (longest.end - longest.start) / 1000),
        moment(longest?.start),
        moment(longest?.end),
        limit === undefined ? "" : `${beyond(source).length}`,
        written(over),
        written(over === undefined ? undefined : 1 - over / ((to - from) / 1000)),
      ];
    }),
    silences: breaches
      .toSorted((a, b) => a.start - b.start || textOrder(a.source, b.source))
      .map(({ source, start, end, limit }) => [
        source,
        moment(start),
        moment(end),
        written((end - start) / 1000),
        written(limit),
        written((end - start) / 1000 - limit),
      ]),
    performance: [undefined, ...all].map((source) => {
      const list = of(source);
      const measured = numbers(list.map(({ duree_s }) => duree_s));
      return [
        source ?? "Ensemble",
        ...[0.5, 0.95, 0.99].map((share) => written(quantile(measured, share))),
        written(max(numbers(list.map(({ cpu_s }) => cpu_s)))),
        written(max(numbers(list.map(({ memoire_octets }) => memoire_octets)))),
      ];
    }),
  };
}
