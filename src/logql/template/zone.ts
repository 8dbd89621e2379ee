/** A time zone: how far it is from UTC at an instant, and what it is called then. */
export type Zone = { readonly name: string; readonly at: (epochSeconds: number) => Offset };
export type Offset = { readonly seconds: number; readonly name: string };

export const UTC: Zone = { name: "UTC", at: () => ({ seconds: 0, name: "UTC" }) };

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
  return (seconds < 0 ? "-" : "+") + hours + (minutes % 60 === 0 ? "" : String(minutes % 60).padStart(2, "0"));
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
  const nameAt = (epoch: number, seconds: number): string => {
    for (const format of names) {
      const shown = format.formatToParts(epoch * 1000).find((part) => part.type === "timeZoneName")?.value;
      if (shown && /^[A-Z]+$/.test(shown) && shown !== "GMT") return shown;
      if (shown === "GMT" && seconds === 0) return shown;
    }
    return numeric(seconds);
  };
  const at = (epoch: number): Offset => {
    const seconds = secondsAt(epoch);
    return { seconds, name: nameAt(epoch, seconds) };
  };
  return { name, at };
};

const cache = new Map<string, Zone>();
/** The zone of an IANA name, as Go's LoadLocation takes it; undefined where there is none. */
export const zoneOf = (name: string): Zone | undefined => {
  if (name === "" || name === "UTC" || name === "Local") return name === "Local" ? { ...UTC, name } : UTC;
  if (!cache.has(name)) {
    try {
      cache.set(name, ianaZone(name));
    } catch {
      return undefined;
    }
  }
  return cache.get(name);
};
/** A zone of one offset, as a parsed time carries it. */
export const fixedZone = (seconds: number, name = ""): Zone => ({ name, at: () => ({ seconds, name }) });
