import { kept } from "./kept.ts";

/** Whether a text is an IANA time zone that is known here; an offset is none: it knows no clock change. */
export const isZone = kept(1000, (zone): boolean => {
  if (/^[+-]/.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
});

/** What is said of a text that is none, after its name. */
export const noZone = (text: string): string =>
  `is ${JSON.stringify(text)}, which is no known time zone; set it to an IANA name such as Europe/Paris or America/Montreal.`;
