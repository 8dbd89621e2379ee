import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Of a go.mod: the Go that it needs, the package of the program that it is for, and that program's version. */
export function goModule(folder: string) {
  const text = readFileSync(join(folder, "go.mod"), "utf8");
  const [go = "", tool = ""] = ["go", "tool"].map((word) => new RegExp(`^${word} (\\S+)$`, "m").exec(text)?.[1]);
  const requirements = [...text.matchAll(/^(?:require)?\s+(\S+) (v\S+)/gm)];
  return { go, tool, version: requirements.find(([, path]) => tool.startsWith(`${path}/`))?.[2] };
}
