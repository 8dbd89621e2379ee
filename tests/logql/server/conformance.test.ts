import { describe, expect, test } from "vitest";
import type { Answer, Case, CaseFile } from "../../../src/logql/cases.ts";
import type { Store } from "../../../src/logql/server/server.ts";
import { type Expected, sameAnswer } from "../equal.ts";
import { ask, cases, type Labels, push, store } from "./support.ts";

type Recorded = Omit<CaseFile, "cases"> & Readonly<{ cases: readonly (Case & Readonly<{ expect: Expected }>)[] }>;

const second = 1_000_000_000n;
const nanoseconds = (seconds: number) => BigInt(Math.round(seconds * 1e6)) * 1000n;

/** Asks a case of a store whose streams start at `t0`, with times in the answer as in the recorded ones. */
async function answered(one: Case, { of, t0, tenant }: Readonly<{ of: Store; t0: bigint; tenant: string }>): Promise<Answer> {
  const at = (seconds: number) => String(t0 + nanoseconds(seconds));
  const asked =
    one.kind === "instant"
      ? await ask(of, "query", { query: one.query, time: at(one.at), tenant })
      : await ask(of, "query_range", { query: one.query, start: at(one.start), end: at(one.end), tenant, ...detailsOf(one) });
  if (asked.status !== 200) return { type: "error", status: asked.status as 400, message: asked.text };
  const { resultType, result } = JSON.parse(asked.text).data;
  const since = (seconds: number) => seconds - Number(t0 / second);
  const points = (values: [number, string][]) => values.map(([time, value]) => [since(time), value] as const);
  const lines = (values: [string, string][]) => values.map(([time, line]) => [Number(BigInt(time) - t0) / 1e9, line] as const);
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

describe.each(["runs", "language", "compositions", "refused"])("Loki's answers in %s.json, asked through HTTP", (name) => {
  const file = cases(name) as Recorded;

  test("are given", { timeout: 120_000 }, async () => {
    const start = Date.parse(file.t0);
    const t0 = BigInt(start) * 1_000_000n;
    const of = await store({ tenants: true, now: () => start + 2 * 3_600_000 });
    const streams = file.streams.map(({ labels, entries }) => ({ labels, entries: entries.map(([time, line]) => [t0 + nanoseconds(time), line] as const) }));
    expect(await push(of, streams, name)).toEqual({ status: 204, text: "" });
    const wrong = [];
    for (const one of file.cases) {
      const got = await answered(one, { of, t0, tenant: name });
      if (!sameAnswer(got, one.expect, one.query)) wrong.push({ id: one.id, query: one.query, got, expected: one.expect });
    }
    expect(wrong).toEqual([]);
  });
});
