import { statfsSync } from "node:fs";
import type { Logger } from "pino";
import { Gauge, type Registry } from "prom-client";

/** By this variable the launcher names the folder of a native stack's data to its processes, and knows them by it. */
export const DATA_FOLDER = "DATA_INGESTION_STACK";

/** Of a disk: the bytes that are free for this user, and all. */
type Space = Readonly<{ free: number; size: number }>;
type SpaceOf = (folder: string) => Space | undefined;
const LOW = 0.1;
const FULL = 0.01;
const EVERY_MS = 60_000;

/** What a folder's disk has; `undefined` for a folder that is not there. */
export function spaceOf(folder: string): Space | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { free: bavail * bsize, size: blocks * bsize };
  } catch {
    return undefined;
  }
}

const WHY = "a Loki whose disk is full goes on acknowledging lines, and loses them at its next start: free some space";
const shown = (folder: string, { free, size }: Space) =>
  `The disk of ${folder} has ${((100 * free) / size).toFixed(1)} % free (${Math.floor(free / 1e6)} MB); ${WHY}.`;

/** One sentence when less than a share of the disk, by default a tenth, is free. */
export function lowSpace(
  folder: string,
  { space = spaceOf, share = LOW }: Readonly<{ space?: SpaceOf; share?: number }> = {},
): string | undefined {
  const now = space(folder);
  return now && now.free < share * now.size ? shown(folder, now) : undefined;
}

/** What a service tells of the disk under its stack's data. */
type DiskWatch = Readonly<{ warning(): string | undefined; fault(): string | undefined; close(): void }>;

type Options = Readonly<{ registry: Registry; prefix: string; log: Logger; space?: SpaceOf; everyMs?: number }>;

/** Watches the disk of a folder, if any: two metrics, a warning under 1/10 (logged once), a fault under 1/100. */
export function diskWatch(
  folder: string | undefined,
  { registry, prefix, log, space = spaceOf, everyMs = EVERY_MS }: Options,
): DiskWatch {
  if (!folder) return { warning: () => undefined, fault: () => undefined, close() {} };
  const gauge = ({ name, help }: Readonly<{ name: string; help: string }>, of: (now: Space) => number) =>
    new Gauge({
      name: `${prefix}${name}`,
      help,
      registers: [registry],
      collect() {
        const now = space(folder);
        if (now) this.set(of(now));
      },
    });
  gauge({ name: "disk_free_bytes", help: "What is free on the disk of the stack's data." }, ({ free }) => free);
  gauge(
    { name: "disk_free_ratio", help: "The share of the disk of the stack's data that is free." },
    ({ free, size }) => free / size,
  );
  const warning = () => lowSpace(folder, { space });
  let isWarned = false;
  const look = () => {
    const says = warning();
    if (says && !isWarned) log.warn(says);
    isWarned = says !== undefined;
  };
  look();
  const timer = setInterval(look, everyMs).unref();
  return { warning, fault: () => lowSpace(folder, { space, share: FULL }), close: () => clearInterval(timer) };
}
