import { kept } from "../../../core/kept.ts";
import { isZone } from "../../../core/zones.ts";
import { namedAt } from "./zone-names.ts";

/** A time zone: how far it is from UTC at an instant, and what it is called then. */
export type Zone = { readonly name: string; readonly at: (epochSeconds: number) => Offset };
type Offset = { readonly seconds: number; readonly name: string };

export const UTC: Zone = { name: "UTC", at: () => ({ seconds: 0, name: "UTC" }) };

/** An offset that is no multiple of this is a town's own time, before there were zones. */
const QUARTER = 900;
/** A winter's and a summer's day of today's rules, for the names of older times. */
const TODAY = [Date.UTC(2026, 0, 1) / 1000, Date.UTC(2026, 6, 1) / 1000];
/** English locales; each knows the short names of its own zones. */
const LOCALES = ["en-US", "en-GB", "en-AU", "en-IN", "en-ZA"];
const NUMBERS = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
  era: "short",
  hourCycle: "h23",
} as const;

const numeric = (seconds: number): string => {
  const minutes = Math.trunc(Math.abs(seconds) / 60);
  const hours = String(Math.trunc(minutes / 60)).padStart(2, "0");
  const rest = minutes % 60 === 0 ? "" : String(minutes % 60).padStart(2, "0");
  return (seconds < 0 ? "-" : "+") + hours + rest;
};

const ianaZone = (name: string): Zone => {
  const fields = new Intl.DateTimeFormat("en-US", { ...NUMBERS, timeZone: name });
  const names = LOCALES.map((locale) => new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: "short" }));
  const secondsAt = (epoch: number): number => {
    const parts = Object.fromEntries(fields.formatToParts(epoch * 1000).map(({ type, value }) => [type, value]));
    const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
    return local.getTime() / 1000 - epoch;
  };
  const shownAt = (epoch: number, seconds: number): string | undefined => {
    const shown = names.map(
      (format) => format.formatToParts(epoch * 1000).find((part) => part.type === "timeZoneName")?.value ?? "",
    );
    return shown.find((name) => (name === "GMT" ? seconds === 0 : /^[A-Z]+$/.test(name)));
  };
  const nameAt = (epoch: number, seconds: number): string => {
    if (seconds % QUARTER !== 0) return "LMT";
    const abbreviation = namedAt(name, seconds);
    if (abbreviation !== undefined) return abbreviation || numeric(seconds);
    return (
      shownAt(epoch, seconds) ??
      TODAY.map((today) => (secondsAt(today) === seconds ? shownAt(today, seconds) : undefined)).find(Boolean) ??
      numeric(seconds)
    );
  };
  const at = (epoch: number): Offset => {
    const seconds = secondsAt(epoch);
    return { seconds, name: nameAt(epoch, seconds) };
  };
  return { name, at };
};

const zones = kept(1000, (name): Zone | null => {
  if (!isZone(name)) return null;
  const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
  const misspelt = timeZone !== name && timeZone.toLowerCase() === name.toLowerCase();
  return misspelt ? null : ianaZone(name);
});

/** The zone of an IANA name, as Go's LoadLocation takes it; undefined where there is none. */
export const zoneOf = (name: string): Zone | undefined => {
  if (name === "" || name === "UTC") return UTC;
  return name === "Local" ? { ...UTC, name } : (zones(name) ?? undefined);
};

/** A zone of one offset, as a parsed time carries it. */
export const fixedZone = (seconds: number, name = ""): Zone => ({ name, at: () => ({ seconds, name }) });
