import { afterAll, onTestFinished } from "vitest";
import { temporary } from "./temporary.ts";

/** A folder of a test file's own, gone after its last test. */
export function folderOfFile(): string {
  const { folder, remove } = temporary();
  afterAll(remove);
  return folder;
}

/** A folder of one test's own, gone after it. */
export function folderOfTest(): string {
  const { folder, remove } = temporary();
  onTestFinished(remove);
  return folder;
}
