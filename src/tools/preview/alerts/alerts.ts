import { readFileSync } from "node:fs";
import { join } from "node:path";
import { storeOver } from "../../../alerting/in-process.ts";
import type { Rule } from "../../../alerting/provisioned.ts";
import { rootFolder } from "../../../core/places.ts";
import { unitOfRule } from "../../../view/definitions.ts";
import { asked, type Source } from "../questions.ts";
import { type ShownRule, shownRule } from "./view.ts";

const LAST_HOURS = { from: "now-6h", to: "now" };
const RUNBOOKS = join(rootFolder, "docs", "runbooks");

/** A runbook of the product by the rule's uid; undefined for rules of others. */
function runbookOf({ uid }: Rule): string | undefined {
  if (!/^[\w-]+$/.test(uid)) return undefined;
  try {
    return readFileSync(join(RUNBOOKS, `${uid}.md`), "utf8");
  } catch {
    return undefined;
  }
}

/** Every rule over the range that is asked for, up to now. */
export async function alertsOf(source: Source, parameters: URLSearchParams) {
  const { data, now, range } = asked(source, parameters, LAST_HOURS);
  const definitions = source.definitions();
  const { alerting } = definitions;
  const until = { from: range.from, to: Math.min(range.to, now) };
  const question = {
    store: storeOver(data.streams),
    alerting,
    range: until,
    externalURL: source.externalURL,
    to: source.mailTo,
    panelUnit: (panel: Rule["panel"]) => unitOfRule(definitions, panel),
    runbookOf,
  };
  const rules: ShownRule[] = [];
  for (const rule of alerting.rules) rules.push(await shownRule(rule, question));
  return { now, range: until, rules };
}
export type Alerts = Awaited<ReturnType<typeof alertsOf>>;
