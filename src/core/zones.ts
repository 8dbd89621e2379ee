const zones = new Set<string>();

/** Whether a text is an IANA time zone that is known here; an offset is none: it knows no clock change. */
export function isZone(zone: string): boolean {
  if (zones.has(zone)) return true;
  if (/^[+-]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    zones.add(zone);
    return true;
  } catch {
    return false;
  }
}
