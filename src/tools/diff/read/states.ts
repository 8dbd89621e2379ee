import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { UserError } from "../../../core/errors.ts";
import { filesUnder, unreadable } from "../../../core/folder.ts";
import type { Files, State } from "../model/model.ts";
import { stateOf } from "../model/state.ts";
import { type Base, defaultBase, filesAt, namedCommit } from "./git.ts";

/** Reads the files of a folder, or one file, by path inside it; names what cannot be read as the user named it. */
export function readFolder(root: string, label: string): Files {
  let path = root;
  try {
    if (!statSync(root).isDirectory()) return new Map([[basename(root), readFileSync(root, "utf8")]]);
    const files = new Map<string, string>();
    for (path of filesUnder(root)) files.set(relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8"));
    return files;
  } catch (cause) {
    const { path: at = path } = cause as NodeJS.ErrnoException;
    throw new UserError(`${join(label, relative(root, at))} ${unreadable(cause)}.`, { cause });
  }
}

/** A state with the name under which it is told. */
type NamedState = Readonly<{ label: string; state: State }>;
export type Compared = Readonly<{ from: NamedState; to: NamedState }>;

const BUILD = "build";

/** A folder, and the name that the user gave it. */
export type Folder = Readonly<{ label: string; path: string }>;

function folder({ label, path }: Folder): NamedState {
  const state = stateOf(readFolder(path, label), `${label}/`);
  const { dashboards, others, unread = [] } = state;
  if (dashboards.length + unread.length > 0 || others.some(({ kind }) => kind !== "file")) return { label, state };
  throw new UserError(
    `${label} holds no dashboard, no alerting file and no configuration of Loki or Promtail; name a build or a provisioning folder.`,
  );
}

/** The states of two folders. */
export const betweenFolders = (from: Folder, to: Folder): Compared => ({ from: folder(from), to: folder(to) });

/** The nearest folder, from here up to the repository's own, that holds what is generated; else this one. */
function projectOf(folder: string): string {
  const holds = (at: string, name: string) => existsSync(join(at, name));
  const search = (at: string): string => {
    if (holds(at, BUILD)) return at;
    return holds(at, ".git") || dirname(at) === at ? folder : search(dirname(at));
  };
  return search(folder);
}

type Commits = Readonly<{ base: string | undefined; head: string | undefined }>;
/**
 * The generated states at two commits; without a second one, against the files as they are now.
 * Without any, since the branch left main. The user stands in `folder`.
 */
export function betweenCommits(folder: string, { base, head }: Commits): Compared {
  const root = projectOf(folder);
  const at = (commit: Base): NamedState => {
    const { label } = commit;
    return { label, state: stateOf(filesAt({ root, folder: BUILD }, commit), `${BUILD}/ at ${label}: `) };
  };
  const now = (): NamedState => {
    const path = join(root, BUILD);
    const files = existsSync(path) ? readFolder(path, BUILD) : new Map();
    return { label: "the working tree", state: stateOf(files, `${BUILD}/`) };
  };
  const from = at(base === undefined ? defaultBase(root) : namedCommit(root, base));
  const to = head === undefined ? now() : at(namedCommit(root, head));
  const isEmpty = ({ state: { dashboards, others } }: NamedState) => dashboards.length + others.length === 0;
  if (!isEmpty(from) || !isEmpty(to)) return { from, to };
  throw new UserError(
    `Neither ${from.label} nor ${to.label} has a ${BUILD}/ folder; run "npm run build", or name two folders.`,
  );
}
