const MINUTE = 60_000;
/** A run as a connector writes it: when it ended (ms), of which source, how, and how long it took. */
export type Raw = Readonly<{ at: number; source: string; etat?: "SUCCESS" | "FAILED"; seconds?: number }>;

const written = (ms: number) => {
  const [day, time] = new Date(ms).toISOString().slice(0, 23).split("T") as [string, string];
  return `${day.split("-").reverse().join("-")} ${time}000`;
};
/** The run as a line of a logs.json. */
export const lineOf = ({ at, source, etat = "SUCCESS", seconds }: Raw) =>
  JSON.stringify({
    Entreprise: "e",
    Zone: "z",
    Source: source,
    Objet: "o",
    Etat: etat,
    Debut: written(at - (seconds ?? 0) * 1000),
    Fin: written(at),
    ...(seconds !== undefined && { "Duree secondes": seconds }),
  });

/** A run of a source every so many minutes, from one minute to another. */
export const every = (
  minutes: number,
  start: number,
  range: readonly [from: number, to: number],
  about: Omit<Raw, "at">,
): readonly Raw[] =>
  Array.from({ length: Math.floor((range[1] - range[0]) / minutes) + 1 }, (_, index) => ({
    at: start + (range[0] + index * minutes) * MINUTE,
    ...about,
  }));
