import { execFileSync } from "node:child_process";

/** Git in a folder, under a name of its own; gives what it prints. */
export const gitIn =
  (folder: () => string) =>
  (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false", ...args], {
      cwd: folder(),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
