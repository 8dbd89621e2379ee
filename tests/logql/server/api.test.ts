import { expect, test } from "vitest";
import { recorded as recordedOf } from "../equal.ts";
import { push, store } from "./support.ts";

type Recorded = Readonly<{
  from: "grafana" | "hand";
  request: string;
  headers: Readonly<Record<string, string>>;
  status: number;
  type: string | null;
  body: string;
  form?: string;
}>;
const recorded = recordedOf<readonly Recorded[]>("api");

/** When the answers were recorded. */
const NOW = 1_795_780_163_000;
const NOW_NS = BigInt(NOW) * 1_000_000n;
const HOUR_NS = 3_600_000_000_000n;

const shared = { entreprise: "akonovia", zone: "1-Raw" };
/** The stream of a source, with a line for each object. */
const stream = (source: string, etat: string, objects: Readonly<Record<string, readonly [bigint, number]>>) => ({
  labels: { job: "kafka-logs", source, etat, ...shared },
  entries: Object.entries(objects).map(([objet, [time, objet_id]]) => {
    const measures = { transformation: "x", duree_s: 5.317567, memoire_octets: 5_517_312 };
    return [time, JSON.stringify({ etat, source, ...shared, objet, objet_id, ...measures })] as const;
  }),
});

const one = await store({ tenants: true, now: () => NOW });
await push(
  one,
  [
    stream("EasyProjects", "SUCCESS", {
      Timelogs: [1_795_777_160_000_000_001n, 2016],
      Projects: [1_795_779_985_553_426_176n, 2017],
    }),
    stream("Efficy", "SUCCESS", { Contacts: [1_795_779_900_000_000_000n, 1] }),
    stream("sharepoint_graph", "SUCCESS", { o: [1_795_779_943_000_000_000n, 2] }),
    stream("sharepoint_graph", "FAILED", { EventFactureApplication: [1_795_779_944_553_426_176n, 2021] }),
  ],
  "api",
);

async function asked({ request, headers, form }: Recorded) {
  const [method = "", address = ""] = request.replace(" (form)", "").split(/ (.*)/s);
  const [path, query = ""] = address.split(/\?(.*)/s);
  const parameters = query.split("&").map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]);
  const url = `${one.url}${path}${query === "" ? "" : `?${new URLSearchParams(parameters)}`}`;
  const fields = form?.replace("start=<ns>", `start=${NOW_NS - HOUR_NS}`).replace("end=<ns>", `end=${NOW_NS}`);
  const response = await fetch(url, {
    method,
    headers: "X-Scope-Orgid" in headers ? headers : { ...headers, "X-Scope-OrgID": "api" },
    ...(fields !== undefined && {
      body: new URLSearchParams(fields.split("&").map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])),
    }),
  });
  return { status: response.status, type: response.headers.get("content-type"), body: await response.text() };
}

/** What the store does not have: Loki's own guesses about fields and patterns. */
const absent = /detected_fields/;
const expectedOf = (one: Recorded): Recorded =>
  absent.test(one.request) ? { ...one, status: 404, type: "text/plain; charset=utf-8", body: "" } : one;

/** Recorded texts are cut. */
const parses = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Every name in a JSON value, with the kind of what it holds; of a list, what its first item holds. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]));
}

/** A cut answer up to its first number, time or unsorted labels. */
const head = (text: string) => /^.*?("values?":\[\[?|"data":\[\{)/s.exec(text)![0];

test("all recorded requests are here, Grafana's and others", () => {
  expect(recorded).toHaveLength(36);
  expect(recorded.filter(({ from }) => from === "grafana").length).toBeGreaterThan(3);
});

test.each(recorded.map((one) => [one.request.slice(0, 120), expectedOf(one)] as const))("%s", async (_, expected) => {
  const got = await asked(expected);
  expect([got.status, got.type]).toEqual([expected.status, expected.type]);
  const json = parses(expected.body);
  if (expected.status !== 200 || !expected.type?.startsWith("application/json")) expect(got.body).toBe(expected.body);
  else if (json === undefined) expect(head(got.body)).toBe(head(expected.body));
  else expect(shape(JSON.parse(got.body))).toEqual(shape(json));
});
