import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../core/errors.ts";
import type { Files, State } from "../model/model.ts";
import { type Cache, stateOf } from "../model/state.ts";
import { readFolder } from "./folder.ts";
import { defaultBase, filesAt, namedCommit } from "./git.ts";

/** A state with the name under which it is told. */
export type NamedState = Readonly<{ label: string; state: State }>;
export type Compared = Readonly<{ from: NamedState; to: NamedState }>;

const BUILD = "build";

/** A broken file is named with the state that it stands in. */
function read(label: string, prefix: string, files: Files, cache: Cache): NamedState {
  try {
    const state = stateOf(files, cache);
    return { label, state: { ...state, unread: (state.unread ?? []).map((sentence) => `${prefix}${sentence}`) } };
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(`${prefix}${cause.message}`, { cause });
  }
}

/** A folder, and the name that the user gave it. */
export type Folder = Readonly<{ label: string; path: string }>;

function folder({ label, path }: Folder, cache: Cache): NamedState {
  const found = read(label, `${label}/`, readFolder(path, label), cache);
  const { dashboards, others, unread = [] } = found.state;
  if (dashboards.length + unread.length > 0 || others.some(({ kind }) => kind !== "file")) return found;
  throw new UserError(
    `${label} holds no dashboard, no alerting file and no configuration of Loki or Promtail; name a build or a provisioning folder.`,
  );
}

/** The states of two folders. */
export function betweenFolders(from: Folder, to: Folder): Compared {
  const cache: Cache = new Map();
  return { from: folder(from, cache), to: folder(to, cache) };
}

/** The generated states at two commits; without a second one, against the files as they are now; without any, since the branch left main. */
export function betweenCommits(root: string, base: string | undefined, head: string | undefined): Compared {
  const from = base === undefined ? defaultBase(root) : namedCommit(root, base);
  const cache: Cache = new Map();
  const at = (commit: typeof from) =>
    read(commit.label, `${BUILD}/ at ${commit.label}: `, filesAt(root, commit, BUILD), cache);
  const path = join(root, BUILD);
  const now = () =>
    read("the working tree", `${BUILD}/`, existsSync(path) ? readFolder(path, BUILD) : new Map(), cache);
  const compared = { from: at(from), to: head === undefined ? now() : at(namedCommit(root, head)) };
  const isEmpty = ({ state: { dashboards, others } }: NamedState) => dashboards.length === 0 && others.length === 0;
  if (isEmpty(compared.from) && isEmpty(compared.to))
    throw new UserError(
      `Neither ${compared.from.label} nor ${compared.to.label} has a ${BUILD}/ folder; run "npm run build", or name two folders.`,
    );
  return compared;
}
