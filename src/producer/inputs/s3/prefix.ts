import { UserError } from "../../../core/errors.ts";
import { HOUR_MS } from "../../../core/spans.ts";
import type { Input } from "../input.ts";
import { type Lister, oldest } from "../lister.ts";

/** Some of the keys under a prefix, in the store's order; `last` is the last of them, `next` where the others begin. */
export type Page = Readonly<{
  inputs: readonly Input[];
  first?: string | undefined;
  last?: string | undefined;
  next?: string | undefined;
}>;
/** A page from the start, from where another ended (`next`), or with what comes after a key in order. */
export type Pages = (from?: Readonly<{ next?: string | undefined } | { after: string }>) => Promise<Page>;
/** `what` lists the pages, for a sentence; `whole`: everything is passed at each look. */
type Options = Readonly<{ what: string; everyMs: number; whole?: boolean }>;

/** A prefix of at most so many pages is listed whole each time; of a longer one, each look passes so many at most. */
const PAGES = 10;
/** So many places are remembered after which new keys came. */
const PLACES = 8;
const FULL_EVERY_MS = HOUR_MS;
/** So many pages in a row may be the same as others before. */
const IDLE_PAGES = 20;

/** Tells a server that gives the same pages again and again. */
function idleness(what: string) {
  const seen = new Set<string>();
  let idle = 0;
  return ({ first, last, inputs }: Page): void => {
    const page = `${first}\n${last}\n${inputs.length}`;
    idle = seen.has(page) ? idle + 1 : 0;
    seen.add(page);
    if (idle > IDLE_PAGES)
      throw new UserError(`${what} without end: ${idle} pages brought nothing new; check the server.`);
  };
}

/** Every page of a prefix, one after the other. */
export async function* allPages(pages: Pages, what: string): AsyncGenerator<Page> {
  const watch = idleness(what);
  let next: string | undefined;
  do {
    const page = await pages({ next });
    watch(page);
    yield page;
    next = page.next;
  } while (next !== undefined);
}

/**
 * Looks at a prefix with few requests, however much it holds: behind the last key and the places where new keys
 * came lately, and at the next part of all keys, so that all of them are passed within an hour.
 * It is faster while that part finds what the places do not.
 */
export function prefixLister(pages: Pages, { what, everyMs, whole: always = false }: Options): Lister {
  let places: string[] = [];
  let tail: string | undefined;
  let pass: AsyncGenerator<Page> | undefined;
  let [passed, length, last] = [0, 0, undefined as string | undefined];
  let isShort = true;
  /** Whether the present pass, and the one before, found what the places do not. */
  let surprises = { now: false, before: false };

  const remember = (key: string, instead?: string) => {
    places = [key, ...places.filter((place) => place !== key && place !== instead)].slice(0, PLACES - 1);
  };
  /** Passes so many pages; whether the end was reached. */
  const go = async (count: number, isNew: (input: Input) => boolean): Promise<boolean> => {
    pass ??= allPages(pages, what);
    for (let left = count; left > 0; left--) {
      const { value, done } = await pass.next();
      if (done) {
        [pass, length, passed] = [undefined, passed, 0];
        tail = last ?? tail;
        surprises = { now: false, before: surprises.now };
        return true;
      }
      passed++;
      last = value.last ?? last;
      const found = value.inputs.filter(isNew);
      if (found.length === 0 || isShort) continue;
      surprises.now = true;
      remember(found.at(-1)!.key ?? "");
    }
    return false;
  };
  const behind = async (place: string, isNew: (input: Input) => boolean) => {
    const page = await pages({ after: place });
    const found = page.inputs.filter(isNew);
    if (place === tail) tail = page.last ?? tail;
    else if (found.length > 0) remember(found.at(-1)!.key ?? "", place);
  };
  const restart = () => {
    void pass?.return(undefined);
    [pass, passed] = [undefined, 0];
  };
  /** Passes what is worth it now; whether all was passed since that was last so. */
  const round = async (isNew: (input: Input) => boolean): Promise<boolean> => {
    if (isShort) {
      restart();
      return go(Number.POSITIVE_INFINITY, isNew);
    }
    for (const place of [...places, ...(tail === undefined ? [] : [tail])]) await behind(place, isNew);
    const paced = Math.ceil((length * everyMs) / FULL_EVERY_MS);
    return go(surprises.now || surprises.before ? PAGES : Math.min(PAGES, paced), isNew);
  };
  return {
    restart,
    async look(standingOf) {
      const found = oldest();
      const isNew = (input: Input) => {
        if (standingOf(input) !== "waiting" || found.has(input)) return false;
        found.add(input);
        return true;
      };
      const whole = await round(isNew).catch((error) => {
        restart();
        throw error;
      });
      const { waiting, more } = found.taken();
      // What was left out stands anywhere: all is passed again.
      if (whole || more) isShort = always || more || length <= PAGES;
      return { waiting, more, whole };
    },
  };
}
