import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parse as parseYaml } from "yaml";
import { type Alerting, noAlerting, type Rule, readAlerting, withMore } from "../alerting/provisioned.ts";
import { jsonFault } from "../core/documents/json-fault.ts";
import { detail, orSay } from "../core/errors.ts";
import { filesUnder } from "../core/folder.ts";
import { type Dashboard, readDashboard } from "./model.ts";

/**
 * What a folder of provisioning files says: dashboards, rules and notifications, and what could not be read, in a
 * sentence each.
 */
export type Definitions = Readonly<{ dashboards: readonly Dashboard[]; alerting: Alerting; faults: readonly string[] }>;

const filesOf = (folder: string): readonly string[] =>
  orSay(
    () => filesUnder(folder),
    (error) => `The folder ${folder} cannot be read (${detail(error)}); name a folder of dashboards (JSON).`,
  ).filter((file) => /\.(?:json|ya?ml)$/.test(file));

const looksLikeDashboard = (json: unknown): json is { panels: unknown } =>
  typeof json === "object" && json !== null && "panels" in json;
/** A dashboard may stand alone or in an envelope of Grafana's API. */
const unwrapped = (json: unknown): unknown =>
  typeof json === "object" && json !== null && "dashboard" in json ? json.dashboard : json;

type Read = { dashboards: Dashboard[]; alerting: Alerting; faults: string[] };

function addDashboard(text: string, where: string, read: Read): void {
  const fault = jsonFault(text);
  if (fault !== undefined) {
    read.faults.push(`${where} is no JSON (${fault}).`);
    return;
  }
  const json = unwrapped(JSON.parse(text));
  if (!looksLikeDashboard(json)) return;
  const found = readDashboard(json);
  if (typeof found === "string") read.faults.push(`${where}: ${found}.`);
  else if (read.dashboards.some(({ uid }) => uid === found.uid))
    read.faults.push(`${where} has the uid "${found.uid}" of another dashboard; the first is shown.`);
  else read.dashboards.push(found);
}

function addAlerting(text: string, where: string, read: Read): void {
  let content: unknown;
  try {
    content = parseYaml(text);
  } catch (cause) {
    read.faults.push(`${where} is no YAML (${detail(cause)}).`);
    return;
  }
  const found = readAlerting(content, where);
  read.alerting = withMore(read.alerting, found.alerting);
  read.faults.push(...found.faults);
}

/** Reads every dashboard and alerting file below a folder. */
export function readDefinitions(folder: string): Definitions {
  const read: Read = { dashboards: [], alerting: noAlerting, faults: [] };
  for (const file of filesOf(folder)) {
    const text = readFileSync(file, "utf8");
    const where = relative(folder, file);
    if (file.endsWith(".json")) addDashboard(text, where, read);
    else addAlerting(text, where, read);
  }
  return read;
}

/** The unit of the panel that plots a rule, where it has one. */
export function unitOfRule({ dashboards }: Definitions, panel: Rule["panel"]): string | undefined {
  const found = dashboards.find(({ uid }) => uid === panel?.dashboard)?.panels.find(({ id }) => id === panel?.id);
  return found?.fieldConfig.defaults.unit as string | undefined;
}
