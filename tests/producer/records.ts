import { Readable } from "node:stream";
import type { Input } from "../../src/producer/inputs/input.ts";
import type { Item } from "../../src/producer/judging/items.ts";
import { forgetfulSink, itemsOf, type Sink } from "../../src/producer/sending/delivery.ts";
import type { NormalisedRecord } from "../../src/schema.ts";

/** A raw record as connectors write it; `fields` replace its own, `undefined` removes one. */
export function raw(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    No_Sequence: "2025-09-05-16-45",
    Entreprise: "akonovia",
    Zone: "1-Raw",
    Source: "zohoprojects",
    Objet_Id: 1995,
    Objet: "projects",
    Transformation: "Zoho_API_get_data",
    Parametres: "…",
    Etat: "SUCCESS",
    Debut: "05-09-2025 16:45:26.191702",
    Fin: "05-09-2025 16:45:27.089917",
    "Duree secondes": 0.898215,
    Description: "Tout roule, pas de stress!",
    "cpu_time (sec)": "0.09",
    "memory_used (bytes)": 5517312,
    ...fields,
  };
}

export const rawLine = (fields: Record<string, unknown> = {}): string => JSON.stringify(raw(fields));
export const bytesOf = (value: unknown): Buffer =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
export const inputOf = (text: string | Buffer, name = "logs.json"): Input => ({
  name,
  address: `file:///${name}`,
  version: undefined,
  size: undefined,
  open: async () => Readable.from([Buffer.from(text)]),
});

/** A sink that remembers the batches it was given. */
export function memorySink(open: Sink["open"] = new Map()) {
  const batches: (readonly Item[])[] = [];
  const items = () => batches.flat();
  const records = () =>
    items().flatMap((item) =>
      item.kind === "record" ? [{ ...(JSON.parse(item.line) as NormalisedRecord), time: item.time }] : [],
    );
  const rejects = () => items().flatMap((item) => ("message" in item ? [JSON.parse(item.message)] : []));
  const sink: Sink = { ...forgetfulSink(itemsOf(async (items) => void batches.push(items))), open };
  return { sink, batches, items, records, rejects };
}

/** A record with no more than the required values, as text and as the line that it becomes. */
const nothing = {
  Objet_Id: null,
  Transformation: "",
  Parametres: null,
  No_Sequence: null,
  Debut: "",
  Description: null,
};
export const leastLine = rawLine({
  ...nothing,
  "Duree secondes": "",
  "cpu_time (sec)": "?",
  "memory_used (bytes)": null,
});
export const leastNormalised =
  '{"etat":"SUCCESS","source":"zohoprojects","entreprise":"akonovia","zone":"1-Raw","objet":"projects","fin":"2025-09-05T16:45:27.089917Z"}\n';
