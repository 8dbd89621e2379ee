import { keyOf, type Labels } from "../evaluate/labels.ts";
import type { Entry, Streams } from "../streams.ts";
import { dropOldest, dropUpTo } from "./bound.ts";
import { addEntries, type Head, type Lines, noLines, type Owner } from "./lines.ts";
import type { Origin } from "./pushed.ts";

/** Lines of one stream. */
export type Batch = Readonly<{ owner: Owner; entries: readonly Entry[] }>;

type Tenant = { streams: Lines[]; byKey: Map<string, Lines>; heads: Map<string, Head> };

/** All lines in memory. Loki shows what is said beside a line as labels: here such lines make a stream of their own. */
export type Holdings = ReturnType<typeof holdingsFrom>;

/** `origin` in seconds since 1970: nanoseconds are exact within 104 days of it, milliseconds for years. */
export function holdingsFrom(origin: Origin) {
  const start = BigInt(origin) * 1_000_000_000n;
  const tenants = new Map<string, Tenant>();
  let total = 0;

  const tenantOf = (name: string): Tenant => {
    const tenant = tenants.get(name) ?? { streams: [], byKey: new Map(), heads: new Map() };
    tenants.set(name, tenant);
    return tenant;
  };
  const headOf = (tenant: string, labels: Labels): Head => {
    const { heads } = tenantOf(tenant);
    const key = keyOf(labels);
    const head = heads.get(key) ?? { newest: Number.NEGATIVE_INFINITY };
    heads.set(key, head);
    return head;
  };
  const linesOf = (owner: Owner): Lines => {
    const { labels, metadata } = owner;
    const { byKey, streams } = tenantOf(owner.tenant);
    const key = metadata ? `${keyOf(labels)}\u0002${keyOf(metadata)}` : keyOf(labels);
    const stream = byKey.get(key) ?? noLines(owner, headOf(owner.tenant, labels));
    if (!byKey.has(key)) streams.push(stream);
    byKey.set(key, stream);
    return stream;
  };
  const all = () => [...tenants.values()].flatMap(({ streams }) => streams);

  return {
    origin,
    start,
    total: () => total,
    headOf,
    streamsOf: (tenant: string): Streams => ({
      origin: start,
      streams: (tenants.get(tenant)?.streams ?? []).filter(({ filled }) => filled),
    }),
    streams: all,
    add({ owner, entries }: Batch): void {
      const stream = linesOf(owner);
      for (const [time] of entries) if (time > stream.head.newest) stream.head.newest = time;
      total += addEntries(stream, entries);
    },
    /** Takes away the oldest lines until no more than `most` are left, and tells how many. */
    keepNewest(most: number): number {
      const excess = Math.max(0, total - most);
      if (excess > 0) dropOldest(all(), excess);
      total -= excess;
      return excess;
    },
    /** Takes away the lines up to a time, and tells how many. */
    keepAfter(time: number): number {
      const dropped = dropUpTo(all(), time);
      total -= dropped;
      for (const [name, tenant] of tenants) {
        forgetEmpty(tenant);
        if (tenant.streams.length === 0) tenants.delete(name);
      }
      return dropped;
    },
  };
}

function forgetEmpty(tenant: Tenant): void {
  for (const [key, { times }] of tenant.byKey) if (times.length === 0) tenant.byKey.delete(key);
  tenant.streams = [...tenant.byKey.values()];
  const heads = new Set(tenant.streams.map(({ head }) => head));
  for (const [key, head] of tenant.heads) if (!heads.has(head)) tenant.heads.delete(key);
}
