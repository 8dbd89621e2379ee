import { retiredFile } from "../alerts/provisioning.ts";
import type { Kind, Ledger } from "./ledger.ts";

const retired = (ledger: Ledger, kind: Kind): readonly string[] =>
  ledger.flatMap((one) => (one.kind === kind && one.status === "retired" ? [one.uid] : []));
/** A section of a provisioning file; left out when it is empty. */
const section = <Key extends string, Item>(
  key: Key,
  items: readonly Item[],
): Readonly<Partial<Record<Key, readonly Item[]>>> =>
  (items.length > 0 ? { [key]: items } : {}) as Partial<Record<Key, readonly Item[]>>;
const byUid = (uid: string) => ({ orgId: 1 as const, uid });
const byName = (name: string) => ({ orgId: 1 as const, name });

/** The sections by which Grafana removes retired rules, contact points and templates; undefined when there are none. */
export function alertingTombstones(ledger: Ledger) {
  const sections = {
    ...section("deleteRules", retired(ledger, "rule").map(byUid)),
    ...section("deleteContactPoints", retired(ledger, "contact point").map(byUid)),
    ...section("deleteTemplates", retired(ledger, "template").map(byName)),
  };
  return Object.keys(sections).length > 0 ? retiredFile.parse({ apiVersion: 1, ...sections }) : undefined;
}

/** The section by which they remove retired data sources, which Grafana does before it adds those of the same file. */
export const dataSourceTombstones = (ledger: Ledger) =>
  section("deleteDatasources", retired(ledger, "data source").map(byName));
