import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder, and how it is removed. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), "ingestion-test-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
