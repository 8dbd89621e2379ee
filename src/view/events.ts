import type { Annotation } from "./model.ts";

/** Events on the panels' time axis. */
type Event = Readonly<{ time: number; title: string; text: string; tags: readonly string[] }>;
export type Events = Readonly<{
  name: string;
  color: string;
  enabled: boolean;
  /** Without a switch of its own. */
  hidden: boolean;
  filter?: Annotation["filter"];
  events: readonly Event[];
  error?: string;
}>;

/** The events that a panel shows. */
export const eventsOn = (all: readonly Events[], panel: number): readonly Events[] =>
  all.filter(({ filter }) => !filter || filter.ids.includes(panel) !== filter.exclude);
