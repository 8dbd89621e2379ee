import { expect } from "vitest";

/** A number as the report writes it for people, and how far from the exact one rounding may take it. */
const UNITS: Record<string, number> = { j: 86_400, h: 3600, min: 60, s: 1 };
function reading(text: string): { value: number; within: number } | undefined {
  const plain = text
    .replaceAll("\u00a0", " ")
    .replace(/(\d) (?=\d{3}(\D|$))/g, "$1")
    .replace(",", ".");
  const decimals = /\.(\d+)/.exec(plain)?.[1]?.length ?? 0;
  const single = /^([\d.]+)(?: (%|Mo|s))?$/.exec(plain);
  const half = 0.5 / 10 ** decimals;
  if (single?.[2] === "%") return { value: Number(single[1]) / 100, within: half / 100 };
  if (single?.[2] === "Mo") return { value: Number(single[1]) * 1e6, within: 0.05e6 };
  if (single?.[2] === "s") return { value: Number(single[1]), within: 0.005 };
  if (single) return { value: Number(single[1]), within: 0 };
  const parts = [...plain.matchAll(/(\d+) (j|h|min|s)/g)];
  if (parts.length !== 2) return undefined;
  const value = parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
  return { value, within: UNITS[parts[1]![2]!]! / 2 };
}

/** Fails unless a shown text says what the CSV's cell says. */
export function expectSays(shown: string, cell: string, where: string): void {
  const date = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d):\d\d)?$/.exec(cell);
  const exact = /^\d+(,\d+)?$/.test(cell) ? Number(cell.replace(",", ".")) : undefined;
  const read = reading(shown);
  if (cell === "") expect([where, shown]).toEqual([where, "—"]);
  else if (date)
    expect([where, shown]).toEqual([where, `${date[3]}/${date[2]}/${date[1]}${date[4] ? ` ${date[4]}` : ""}`]);
  else if (exact !== undefined && read)
    expect(Math.abs(read.value - exact), `${where}: ${shown} for ${cell}`).toBeLessThanOrEqual(read.within * 1.000001);
  else {
    const [start = "", end = ""] = shown.split(" … ");
    const text = cell.replace(/^'(?=[=+\-@])/, "");
    expect([where, text.startsWith(start) && text.endsWith(end) && (shown.length >= 150 || shown === text)]).toEqual([
      where,
      true,
    ]);
  }
}
