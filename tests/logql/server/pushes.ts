import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { recorded as recordedOf } from "../equal.ts";
import { data, type Entry, held, type Labels, push, sendPush } from "./support.ts";

type Pushed = Readonly<{
  labels: Labels;
  entries: readonly (readonly [age: number, line: string, metadata?: Labels])[];
}>;
type Case = Readonly<{
  name: string;
  pushes: readonly (readonly Pushed[])[];
  answers: readonly Readonly<{ status: number; text: string }>[];
  holds: readonly (readonly [Labels, readonly (readonly [age: number, line: string])[]])[];
  counted_in_2_days: string;
}>;
type Raw = Readonly<{
  name: string;
  body: string;
  status: number;
  text: string;
  tenant?: null;
  headers?: Record<string, string>;
}>;
const recorded = recordedOf<Readonly<{ cases: readonly Case[]; raw: readonly Raw[] }>>("push");

// Shown at once, where Loki shows them after a flush.
const monthsOld: Readonly<Record<string, Case["holds"]>> = {
  "months old, alone": [[{ app: "a" }, [[6_912_000, "x"]]]],
  "months old, out of order": [
    [
      { app: "a" },
      [
        [6_915_600, "y"],
        [6_912_000, "x"],
      ],
    ],
  ],
};

/** Recorded texts are cut here. */
const recordedLength = 700;

const spelledOut = (text: string) => text.replace(/@(\d+)/g, (_, count) => "x".repeat(Number(count)));
const timeOf = (now: number, age: number) => BigInt(now - age * 1000) * 1_000_000n;
/** As the recorded texts: without times, and without the tenant. */
const masked = (text: string, tenant: string) =>
  text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? \+0000 UTC|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "<time>")
    .replace(`user '${tenant}'`, "user '<tenant>'");
const labelText = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());

/**
 * Where the recorded pushes are made: in tenants whose names begin with `run`; `shownAtOnce`: old lines are, as in the
 * embedded store.
 */
type Place = Readonly<{ of: Readonly<{ url: string }>; run: string; shownAtOnce: boolean }>;

/** Every recorded push, with Loki's answer and what it then held. */
export function recordedPushes({ of, run, shownAtOnce }: Place): void {
  test("all recorded pushes are here", () => {
    expect([recorded.cases.length, recorded.raw.length]).toEqual([43, 12]);
  });

  test.each(recorded.cases.map((pushed, index) => [pushed.name, index] as const))("%s", async (name, index) => {
    const { pushes, answers, holds, counted_in_2_days } = recorded.cases[index]!;
    const tenant = `${run}-${index}`;
    const now = Date.now();
    const got = [];
    for (const streams of pushes) {
      const spelled = streams.map(({ labels, entries }) => ({
        labels: Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, spelledOut(value)])),
        entries: entries.map(
          ([age, line, metadata]): Entry =>
            [timeOf(now, age), spelledOut(line), ...(metadata ? [metadata] : [])] as unknown as Entry,
        ),
      }));
      const { status, text } = await push(of, spelled, tenant);
      got.push({ status, text: masked(text, tenant) });
    }
    const cut = got.map(({ status, text }, place) => ({
      status,
      text: answers[place]!.text.length === recordedLength ? text.slice(0, recordedLength) : text,
    }));
    expect(cut).toEqual(answers.map(({ status, text }) => ({ status, text: spelledOut(text) })));
    const wanted = ((shownAtOnce && monthsOld[name]) || holds).map(([labels, entries]) => ({
      labels: Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, spelledOut(value)])),
      entries: entries.map(([age, line]) => [timeOf(now, age), spelledOut(line)]),
    }));
    const selectors = ['{app=~".+"}', '{a=~".+"}', '{l00=~".+"}'];
    const shown = (await Promise.all(selectors.map((selector) => held(of, selector, { tenant, now })))).flat();
    const byLabels = (a: { labels: Labels }, b: { labels: Labels }) =>
      labelText(a.labels) < labelText(b.labels) ? -1 : 1;
    expect([...shown].sort(byLabels)).toEqual([...wanted].sort(byLabels));
    const { result } = await data(of, "query", {
      query: 'sum(count_over_time({app=~".+"}[2d]))',
      time: `${now + 600_000}000000`,
      tenant,
    });
    expect((result[0]?.value as [number, string] | undefined)?.[1] ?? "0").toBe(counted_in_2_days);
  });

  test.each(recorded.raw)("raw body: $name", async ({ body, status, tenant, headers = {}, text }) => {
    const now = `${Date.now()}000000`;
    const plain = body.replace("(gzip of) ", "").replace("<now>", now);
    const sent = await sendPush(of.url, {
      body: headers["Content-Encoding"] ? gzipSync(plain) : plain,
      headers: {
        "Content-Type": "application/json",
        ...headers,
        ...(tenant === null ? {} : { "X-Scope-OrgID": `${run}-raw` }),
      },
    });
    expect(sent.status).toBe(status);
    if (status === 401 || status === 422) expect(sent.text).toBe(text);
    if (status === 400) expect(sent.text).toMatch(/\S/);
    if (headers["Content-Encoding"])
      expect(await held(of, '{app="a"}', { tenant: `${run}-raw`, now: Number(now.slice(0, -6)) })).toContainEqual(
        expect.objectContaining({ entries: expect.arrayContaining([[BigInt(now), "x"]]) }),
      );
  });
}
