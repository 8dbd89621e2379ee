import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { DATA_FOLDER } from "../core/service/disk.ts";
import { type Process, startTime } from "./processes.ts";

/** Whether this system tells who listens where. */
const HAS_PROC = existsSync("/proc/net/tcp");
const LISTENING = "0A";

const attempt = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/** The sockets that listen on a port, as the kernel numbers them. */
function socketsOn(port: number): Set<string> {
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    attempt(() => readFileSync(file, "utf8"), "")
      .split("\n")
      .slice(1),
  );
  const fields = rows.map((row) => row.trim().split(/\s+/));
  const own = fields.filter(
    ([, local, , state]) => state === LISTENING && Number.parseInt(local?.split(":")[1] ?? "", 16) === port,
  );
  return new Set(own.map((field) => `socket:[${field[9]}]`));
}

const filesOf = (pid: number): string[] =>
  attempt(() => readdirSync(`/proc/${pid}/fd`), []).map((name) =>
    attempt(() => readlinkSync(`/proc/${pid}/fd/${name}`), ""),
  );

/** Whether it is this process that listens on a port, and no other; `undefined` where the system does not tell. */
export function listensAlone({ pid }: Process, port: number): boolean | undefined {
  if (!HAS_PROC) return undefined;
  const [sockets, files] = [socketsOn(port), new Set(filesOf(pid))];
  return sockets.size > 0 && [...sockets].every((socket) => files.has(socket));
}

/** The processes of the stack in `folder`, whatever the launcher remembers; none where the system does not tell. */
export function processesOf(folder: string): Process[] {
  if (!HAS_PROC) return [];
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const marked = pids.filter(
    (pid) =>
      pid !== process.pid &&
      attempt(() => readFileSync(`/proc/${pid}/environ`, "utf8"), "")
        .split("\0")
        .includes(`${DATA_FOLDER}=${folder}`),
  );
  return marked.flatMap((pid) => {
    const started = startTime(pid);
    return started === undefined ? [] : [{ pid, started }];
  });
}
