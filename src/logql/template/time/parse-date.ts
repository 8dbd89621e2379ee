import { type Fields, type Instant, instantOf, secondsOf } from "./instant.ts";
import { chunks, DAYS, MONTHS } from "./layout.ts";
import { fixedZone, UTC, type Zone } from "./zone.ts";

type Read = Partial<Fields> & { pm?: boolean; offset?: number; zone?: string; yearDay?: number };
type Reader = { readonly pattern: RegExp; readonly read: (text: string) => Read };

const number = (name: keyof Fields, pattern: RegExp): Reader => ({
  pattern,
  read: (text) => ({ [name]: Number(text) }),
});
const name = (names: readonly string[], read: (index: number) => Read): Reader => ({
  pattern: new RegExp(`^(?:${names.join("|")})`, "i"),
  read: (text) => read(names.findIndex((one) => one.toLowerCase() === text.toLowerCase())),
});
const short = (names: readonly string[]): string[] => names.map((one) => one.slice(0, 3));

const ONE = /^\d\d?/;
const TWO = /^\d\d/;
const READERS: Record<string, Reader> = {
  January: name(MONTHS, (index) => ({ month: index + 1 })),
  Jan: name(short(MONTHS), (index) => ({ month: index + 1 })),
  "1": number("month", ONE),
  "01": number("month", TWO),
  Monday: name(DAYS, () => ({})),
  Mon: name(short(DAYS), () => ({})),
  "2": number("day", ONE),
  _2: number("day", /^ ?\d\d?/),
  "02": number("day", TWO),
  "002": { pattern: /^\d{3}/, read: (text) => ({ yearDay: Number(text) }) },
  __2: { pattern: /^[ \d]{2}\d/, read: (text) => ({ yearDay: Number(text) }) },
  "15": number("hour", ONE),
  "3": number("hour", ONE),
  "03": number("hour", TWO),
  "4": number("minute", ONE),
  "04": number("minute", TWO),
  "5": number("second", ONE),
  "05": number("second", TWO),
  "2006": number("year", /^\d{4}/),
  "06": { pattern: TWO, read: (text) => ({ year: Number(text) + (Number(text) >= 69 ? 1900 : 2000) }) },
  PM: { pattern: /^[AP]M/, read: (text) => ({ pm: text === "PM" }) },
  pm: { pattern: /^[ap]m/, read: (text) => ({ pm: text === "pm" }) },
  MST: { pattern: /^(?:[A-Z]{3,5}|[+-]\d\d(?:\d\d)?)/, read: (text) => ({ zone: text }) },
};

const FRACTION = /^[.,]\d+/;
const readFraction = (text: string): Read => ({ nanosecond: Number(text.slice(1, 10).padEnd(9, "0")) });
const offsetReader = (part: string): Reader => {
  const fields = part.slice(1).replaceAll(/\d\d/g, "\\d\\d");
  const pattern = new RegExp(`^(?:${part.startsWith("Z") ? "Z|" : ""}[+-]${fields})`);
  const read = (text: string): Read => {
    if (text === "Z") return { offset: 0, zone: "UTC" };
    const [hours = 0, minutes = 0, seconds = 0] = (text.match(/\d\d/g) ?? []).map(Number);
    return { offset: (text.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds) };
  };
  return { pattern, read };
};
const readerOf = (part: string): Reader => {
  if (READERS[part]) return READERS[part];
  return /^[.,]/.test(part)
    ? { pattern: new RegExp(`^[.,]\\d{${part.length - 1}}`), read: readFraction }
    : offsetReader(part);
};

const readAll = (layout: string, text: string): Read | undefined => {
  let read: Read = {};
  let rest = text;
  for (const chunk of chunks(layout)) {
    if ("text" in chunk) {
      if (!rest.startsWith(chunk.text)) return undefined;
      rest = rest.slice(chunk.text.length);
      continue;
    }
    const optional = /^[.,]9/.test(chunk.part);
    const { pattern, read: take } = optional ? { pattern: FRACTION, read: readFraction } : readerOf(chunk.part);
    const found = pattern.exec(rest)?.[0];
    if (found === undefined && !optional) return undefined;
    if (found) read = { ...read, ...take(found) };
    rest = rest.slice(found?.length ?? 0);
    const seconds = chunk.part === "5" || chunk.part === "05";
    const trailing = seconds && !/[.,][09]/.test(layout) ? FRACTION.exec(rest)?.[0] : undefined;
    if (trailing) read = { ...read, ...readFraction(trailing) };
    rest = rest.slice(trailing?.length ?? 0);
  }
  return rest === "" ? read : undefined;
};

const isTwelve = ({ pm, hour = 0 }: Read): boolean => pm === undefined || hour <= 12;
const isDate = ({ year, month, day, hour, minute, second }: Fields): boolean => {
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
};

const HALF_YEAR = 15_552_000;
/** The zone that a read offset or name stands for: the local one where it fits, else one of its own. */
const zoneOfRead = (fields: Fields, { offset, zone }: Read, local: Zone): Zone => {
  if (zone === "UTC") return UTC;
  if (offset === undefined && zone === undefined) return local;
  const epoch = secondsOf(instantOf(fields, fixedZone(offset ?? 0)));
  if (offset !== undefined) return local.at(epoch).seconds === offset ? local : fixedZone(offset, zone);
  const named = [epoch, epoch + HALF_YEAR].map(local.at).find(({ name }) => name === zone);
  const hours = /^GMT([+-]\d+)$/.exec(zone!)?.[1] ?? 0;
  return named ? fixedZone(named.seconds, zone) : fixedZone(Number(hours) * 3600, zone);
};

const daysOf = (year: number): number =>
  new Date(Date.UTC(2000 + (year % 400), 1, 29)).getUTCMonth() === 1 ? 366 : 365;
const fits = (read: Read, fields: Fields): boolean => {
  const { yearDay } = read;
  return yearDay === undefined ? isDate(fields) : yearDay >= 1 && yearDay <= daysOf(fields.year);
};

/** A text's instant by one of Go's layouts, in the zone it names, else in `local`; undefined if it does not fit. */
export const parseDate = (layout: string, text: string, local: Zone): Instant | undefined => {
  const read = readAll(layout, text);
  if (!read || !isTwelve(read)) return undefined;
  const midnight = { hour: 0, minute: 0, second: 0, nanosecond: 0 };
  const fields: Fields = { year: 0, month: 1, day: read.yearDay ?? 1, ...midnight, ...read };
  if (read.pm === true && fields.hour < 12) fields.hour += 12;
  if (read.pm === false && fields.hour === 12) fields.hour = 0;
  return fits(read, fields) ? instantOf(fields, zoneOfRead(fields, read, local)) : undefined;
};
