import { printNanoseconds } from "./durations.ts";

/** Units of columns, metrics and thresholds, by Grafana's unit id; `locale` counts, `short` is a count per time. */
export type Unit = "s" | "decbytes" | "percentunit" | "locale" | "short";

export type Quantity<U extends Unit = Unit> = Readonly<{ value: number; unit: U }>;
export type Duration = Quantity<"s">;

const quantity =
  <U extends Unit>(unit: U, factor: number) =>
  (value: number): Quantity<U> => ({ value: value * factor, unit });

export const seconds = quantity("s", 1);
export const minutes = quantity("s", 60);
export const hours = quantity("s", 3600);
export const days = quantity("s", 86_400);
/** Decimal megabytes, 10⁶ bytes. */
export const megabytes = quantity("decbytes", 1e6);
/** A share given in percent, kept as a ratio between 0 and 1. */
export const percent = (value: number): Quantity<"percentunit"> => ({ value: value / 100, unit: "percentunit" });
export const runs = quantity("locale", 1);

/** Prints a duration in the largest unit that divides it (`75m`, `24h`), for Loki and Grafana. */
export const printDuration = ({ value }: Duration): string => printNanoseconds(Math.round(value * 1e9));

let french: Intl.NumberFormat | undefined;
/** Without the narrow spaces that French puts between thousands, which many fonts lack. */
function number(value: number): string {
  // To make one takes 24 ms, which most commands need not spend.
  french ??= new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });
  return french.format(value).replace(/\u202f/g, " ");
}

/** Says a quantity in French, as panels, mails and the catalogue show it (`150 Mo`, `2 %`, `75 min`). */
export function inFrench({ value, unit }: Quantity): string {
  switch (unit) {
    case "s":
      if (value >= 172_800 && value % 86_400 === 0) return `${number(value / 86_400)} jours`;
      if (value >= 7200 && value % 3600 === 0) return `${number(value / 3600)} h`;
      return value >= 120 && value % 60 === 0 ? `${number(value / 60)} min` : `${number(value)} s`;
    case "decbytes":
      return `${number(value / 1e6)} Mo`;
    case "percentunit":
      return `${number(value * 100)} %`;
    case "locale":
    case "short":
      return number(value);
    default:
      return unit satisfies never;
  }
}
