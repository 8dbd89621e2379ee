import { durationSeconds, inTime, shortNumber } from "../../core/durations.ts";
import { inBytes } from "../../core/grafana-units.ts";
import { type Json, written } from "./json.ts";

/** Says any value; its key tells what a bare number counts. */
export function inWords(value: Json, key = ""): string {
  if (typeof value === "number") {
    if (/(?:bytes|_size|batchsize)$/i.test(key)) return inBytes(value, { binary: value % 1024 === 0 });
    return /_mb$/.test(key) ? `${shortNumber(value)} MB` : written(value);
  }
  if (typeof value === "string") {
    const seconds = durationSeconds(value);
    if (seconds !== undefined) return inTime(seconds);
    const isPlain = value !== "" && value === value.trim() && !/^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(value);
    return isPlain ? value : written(value);
  }
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return "(empty)";
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return value.map((item) => inWords(item)).join(", ");
  return written(value);
}
