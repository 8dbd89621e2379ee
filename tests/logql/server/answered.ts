import type { Answer, Case } from "../../../src/logql/cases.ts";
import { ask, type Labels } from "./support.ts";

const second = 1_000_000_000n;
export const nanoseconds = (seconds: number) => BigInt(Math.round(seconds * 1e6)) * 1000n;

/**
 * Asks a case, through HTTP, of a store or a Loki whose streams start at `t0`, with times in the answer as in the
 * recorded ones.
 */
export async function answered(
  one: Case,
  { of, t0, tenant }: Readonly<{ of: Readonly<{ url: string }>; t0: bigint; tenant: string }>,
): Promise<Answer> {
  const at = (seconds: number) => String(t0 + nanoseconds(seconds));
  const asked =
    one.kind === "instant"
      ? await ask(of, "query", { query: one.query, time: at(one.at), tenant })
      : await ask(of, "query_range", {
          query: one.query,
          start: at(one.start),
          end: at(one.end),
          tenant,
          ...detailsOf(one),
        });
  if (asked.status !== 200) return { type: "error", status: asked.status as 400, message: asked.text };
  const { resultType, result } = JSON.parse(asked.text).data;
  const since = (seconds: number) => seconds - Number(t0 / second);
  const points = (values: [number, string][]) => values.map(([time, value]) => [since(time), value] as const);
  const lines = (values: [string, string][]) =>
    values.map(([time, line]) => [Number(BigInt(time) - t0) / 1e9, line] as const);
  const rows = result as { metric: Labels; stream: Labels; value: [number, string]; values: never }[];
  switch (resultType) {
    case "scalar":
      return { type: "scalar", result: result[1] };
    case "vector":
      return { type: "vector", result: rows.map(({ metric, value }) => [metric, value[1]]) };
    case "matrix":
      return { type: "matrix", result: rows.map(({ metric, values }) => [metric, points(values)]) };
    default:
      return { type: "streams", result: rows.map(({ stream, values }) => [stream, lines(values)]) };
  }
}

const detailsOf = (one: Exclude<Case, { kind: "instant" }>): Record<string, string> =>
  one.kind === "range" ? { step: String(one.step) } : { limit: String(one.limit), direction: one.direction };
