import type { _Object } from "@aws-sdk/client-s3";

const [START, END] = [Buffer.from("<Contents>"), Buffer.from("</Contents>")];
/** Comments, CDATA, and line ends of two letters: what only a whole reader of XML understands. */
const UNUSUAL = ["<!", "\r"];
const ENTITY = /&(?:#x([\da-fA-F]+)|#(\d+)|(amp|lt|gt|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replaceAll(ENTITY, (entity, hex, decimal, name) => {
    if (name) return NAMED[name]!;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0x10ffff ? entity : String.fromCodePoint(point);
  });

/** The text of an element; a copy, so that no text holds the whole page in memory. */
function textOf(entry: Buffer, name: string): string | undefined {
  const place = entry.indexOf(`<${name}>`);
  const start = place + name.length + 2;
  const end = entry.indexOf(`</${name}>`, start);
  return place === -1 || end === -1 ? undefined : unescaped(entry.toString("utf8", start, end));
}

function objectOf(entry: Buffer): _Object | undefined {
  const [Key, ETag, size, modified] = ["Key", "ETag", "Size", "LastModified"].map((name) => textOf(entry, name));
  const Size = size === undefined ? undefined : Number(size || Number.NaN);
  const LastModified = modified === undefined ? undefined : new Date(modified);
  const isPlain = Key !== undefined && !Number.isNaN(Size) && !Number.isNaN(LastModified?.getTime());
  return isPlain ? { Key, ETag, Size, LastModified } : undefined;
}

/**
 * Takes the objects out of a page of a listing, and gives the rest of its XML; a page with anything unusual stays
 * whole. The client puts texts together letter by letter, which leaves some 30 bytes of garbage for each byte of a
 * page.
 */
export function takenOut(page: Buffer): Readonly<{ objects: readonly _Object[]; rest: Buffer }> {
  const whole = { objects: [], rest: page };
  if (UNUSUAL.some((mark) => page.includes(mark))) return whole;
  const objects: _Object[] = [];
  const rest: Buffer[] = [];
  let place = 0;
  for (let start = page.indexOf(START); start !== -1; start = page.indexOf(START, place)) {
    const end = page.indexOf(END, start);
    const object = end === -1 ? undefined : objectOf(page.subarray(start, end));
    if (!object) return whole;
    objects.push(object);
    rest.push(page.subarray(place, start));
    place = end + END.length;
  }
  return { objects, rest: Buffer.concat([...rest, page.subarray(place)]) };
}
