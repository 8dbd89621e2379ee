import { once } from "node:events";
import { createWriteStream, statSync } from "node:fs";

/** Runs in the shape of `logs.json`, as other people's jobs write it; the same bytes for the same numbers. */
const sources = ["zohoprojects", "zohobooks", "zohocrm", "PowerBI", "Efficy", "sharepoint_graph", "EasyProjects"];
const two = (value: number) => String(value).padStart(2, "0");

export function rawRecord(index: number): string {
  const second = index % 86_400;
  const [hour, minute] = [two(Math.floor(second / 3600)), two(Math.floor(second / 60) % 60)];
  const failed = index % 71 === 0;
  return JSON.stringify({
    No_Sequence: `2026-10-05-${hour}-${minute}`,
    Date_Sequence: "2026-10-05",
    Heure_Sequence: hour,
    Minute_Sequence: minute,
    Entreprise: "akonovia",
    Zone: "1-Raw",
    Source: sources[index % sources.length],
    Objet_Id: index,
    Objet: `objet${index % 40}`,
    Transformation: "Zoho_API_get_data",
    Parametres: `/v3/objet${index % 40}?page=${index % 97}&depuis=2026-01-01`,
    Etat: failed ? "FAILED" : "SUCCESS",
    Debut: `05-10-2026 ${hour}:${minute}:${two(second % 60)}.191702`,
    Fin: `05-10-2026 ${hour}:${minute}:${two(second % 60)}.989917`,
    ...(!failed && { "Duree secondes": 0.798215, "cpu_time (sec)": "0.09", "memory_used (bytes)": 5_517_312 + index }),
    Description: failed ? "Le service distant a répondu 503 après trois essais" : "Tout roule, pas de stress!",
  });
}

/** Writes `count` runs, numbered from `first`, and returns the file's size in bytes. */
export async function writeRecords(file: string, count: number, first = 0): Promise<number> {
  const stream = createWriteStream(file, { highWaterMark: 1 << 20 });
  let part = "";
  for (let index = first; index < first + count; index++) {
    part += `${rawRecord(index)}\n`;
    if (part.length < 1 << 18 && index + 1 < first + count) continue;
    if (!stream.write(part)) await once(stream, "drain");
    part = "";
  }
  stream.end();
  await once(stream, "close");
  return statSync(file).size;
}
