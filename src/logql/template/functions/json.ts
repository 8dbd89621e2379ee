import { dict, LIST, list, MAP, type Value } from "../value.ts";

const goValue = (json: unknown): Value => {
  if (Array.isArray(json)) return list(LIST, json.map(goValue));
  if (json === null || typeof json !== "object") return json as string | number | boolean | null;
  return dict(MAP, Object.fromEntries(Object.entries(json).map(([key, value]) => [key, goValue(value)])));
};

/** A JSON text as Go reads it into an empty interface; nil where it is none. */
export const fromJson = (text: string): Value => {
  try {
    return goValue(JSON.parse(text));
  } catch {
    return null;
  }
};
