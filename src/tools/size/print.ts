import { aligned } from "../../core/columns.ts";
import type { Config } from "../../core/config/schema.ts";
import { count, time } from "./amounts.ts";
import { type Figure, figuresOf } from "./figures.ts";
import { settingsToRaise } from "./settings.ts";
import type { Size } from "./size.ts";

/** The answer for a terminal. */
export function print(size: Size, config: Config): string {
  const { recordsPerDay, sources, retention, peak } = size.load;
  const groups = figuresOf(size);
  const all = groups.flatMap(({ figures }) => figures);
  const lines = aligned(all);
  const lineOf = (figure: Figure) => `  ${lines[all.indexOf(figure)]}`;
  const raise = settingsToRaise(size, config);
  const slow = [...size.tooSlow.map(({ name }) => `  ${name}`), ...size.rulesTooSlow.map((name) => `  rule ${name}`)];
  return [
    `${count(recordsPerDay)} records a day from ${count(sources)} sources, kept for ${time(retention.value)}`,
    `${count(size.mean)} records/s on average, ${count(size.peak)} at the busiest moment (${count(peak)} times as many: assumed, see --peak)`,
    ...groups.flatMap(({ title, figures }) => ["", title, ...figures.map(lineOf)]),
    ...(slow.length > 0 ? ["", "Panels and rules that need a recording rule (docs/scale.md)", ...slow] : []),
    ...(size.unmeasured.length > 0 ? ["", "Not measured, and left out here"] : []),
    ...size.unmeasured.map((name) => `  ${name}`),
    ...(raise.length > 0 ? ["", "Raise in src/config.ts, unless another file is named"] : []),
    ...raise.map(({ name, is, needed }) => `  ${name}: ${needed} (is ${is})`),
    "",
  ].join("\n");
}
