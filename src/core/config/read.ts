import type * as zod from "zod";
import { UserError } from "../errors.ts";
import { plural } from "../printable.ts";
import { type Fault, inconsistencies } from "./checks.ts";
import { type Config, shape } from "./schema.ts";

const asFaults = (issue: zod.core.$ZodIssue): Fault[] =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({
        path: [...issue.path, key],
        input: (issue.input as Record<string, unknown>)[key],
        message: "is no setting; check its name",
      }))
    : [{ path: issue.path, input: issue.input, message: issue.message }];

/** A checked configuration, or what is wrong with it, each fault on a line. */
export function readConfig(input: unknown): Config | readonly string[] {
  const result = shape.safeParse(input, { reportInput: true });
  const faults = [...(result.error?.issues ?? []).flatMap(asFaults), ...inconsistencies(input as Config)];
  if (result.success && faults.length === 0) return result.data;
  return faults.map(
    ({ path, input, message }) =>
      `${path.join(".")} = ${typeof input === "number" ? input : JSON.stringify(input)}: ${message}`,
  );
}

/** Checks a configuration; throws one `UserError` that names every fault. */
export function checkConfig(input: unknown): Config {
  const read = readConfig(input);
  if ("rules" in read) return read;
  const lines = read.map((fault) => `  ${fault}`);
  throw new UserError(`src/config.ts has ${plural(read.length, "fault")}; nothing was written:\n${lines.join("\n")}`);
}
