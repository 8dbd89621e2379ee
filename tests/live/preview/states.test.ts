import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { grouped, quantile } from "../../support/expected.ts";
import { allRuns, type Run, windowOf } from "./expected.ts";
import { numberIn, type Timeline, timelinesOf } from "./readings.ts";
import { type Held, type Stretch, stretchesOf } from "./states.ts";
import { NOW, shared } from "./support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const { rules, sources } = config;
const runs = allRuns();
const WHOLE = "ensemble";

/** What a rule measures at a moment, for each instance, and which of these values hold its condition. */
type Measured = ReadonlyMap<string, readonly (number | undefined)[]>;
type Meaning = Readonly<{
  uid: keyof typeof rules;
  measured: (at: number) => Measured;
  holds: (values: readonly (number | undefined)[]) => boolean;
  limits: readonly string[];
}>;

const windowed = (seconds: number) => (at: number) => windowOf(runs, { at, window: seconds * 1000 });
const window = (of: Readonly<{ window: { value: number } }>) => windowed(of.window.value);
const failed = (some: readonly Run[]) => some.filter(({ etat }) => etat === "FAILED");
const eachSource = (some: readonly Run[], of: (own: readonly Run[]) => readonly (number | undefined)[]): Measured =>
  new Map([...grouped(some, ({ source }) => source)].map(([source, own]) => [source, of(own)] as const));
const greatest = (values: readonly number[]) => Math.max(0, ...values);

const inFive = window(rules["1-echec-detecte"]);
const inRate = window(rules["2-taux-echec-eleve"]);
const inSlow = window(rules["4-latence-degradee"]);
const inGreedy = window(rules["5-surconsommation-ressources"]);
const silence = sources.maxSilence.value;
const inSilence = windowed(silence);

/** Every expected source without a run, and everything where there is none at all. */
function silent(at: number): Measured {
  const some = inSilence(at);
  const heard = new Set(some.map(({ source }) => source));
  const names = sources.expected.map(({ source }) => source as string).filter((source) => !heard.has(source));
  return new Map([...names, ...(some.length === 0 ? [WHOLE] : [])].map((name) => [name, [silence]] as const));
}

const meanings: readonly Meaning[] = [
  {
    uid: "1-echec-detecte",
    measured: (at) => eachSource(failed(inFive(at)), (own) => [own.length]),
    holds: ([count]) => count! >= rules["1-echec-detecte"].failures.value,
    limits: ["seuil 1"],
  },
  {
    uid: "2-taux-echec-eleve",
    measured: (at) => {
      const some = inRate(at);
      return new Map(some.length > 0 ? [[WHOLE, [failed(some).length / some.length]]] : []);
    },
    holds: ([rate]) => rate! > rules["2-taux-echec-eleve"].rate.value,
    limits: ["seuil 2%"],
  },
  { uid: "3-source-muette", measured: silent, holds: () => true, limits: ["toute valeur déclenche"] },
  {
    uid: "4-latence-degradee",
    measured: (at) =>
      eachSource(
        inSlow(at).filter(({ seconds }) => seconds !== undefined),
        (own) => [
          quantile(
            own.map(({ seconds }) => seconds!),
            0.95,
          ),
        ],
      ),
    holds: ([p95]) => p95! > rules["4-latence-degradee"].p95.value,
    limits: ["seuil 10 s"],
  },
  {
    uid: "5-surconsommation-ressources",
    measured: (at) =>
      eachSource(inGreedy(at), (own) => [
        greatest(own.flatMap(({ memory }) => memory ?? [])),
        greatest(own.flatMap(({ cpu }) => cpu ?? [])),
      ]),
    holds: ([memory, cpu]) =>
      memory! > rules["5-surconsommation-ressources"].memory.value ||
      cpu! > rules["5-surconsommation-ressources"].cpu.value,
    limits: ["seuil 150 MB", "seuil 1 min"],
  },
];

const isNotable = ({ state }: Readonly<{ state: string }>) => state !== "Normal";
/** Stretches in whole minutes since the start of the range. */
const inMinutes = (stretches: readonly Stretch[], start: number) =>
  stretches.filter(isNotable).map(({ state, from, to }) => {
    const minute = (time: number) => Math.round((time - start) / MINUTE);
    return `${state} ${minute(from)}-${minute(to)}`;
  });

/** Instances by name; Grafana's own one for a query without an answer measures nothing. */
const instances = async (page: Page, uid: string): Promise<ReadonlyMap<string, Timeline>> =>
  new Map(
    (await timelinesOf(page, uid))
      .filter(({ name }) => !name.startsWith("rien à mesurer"))
      .map((one) => [one.name, one] as const),
  );

const ranges = [
  ["24h", 24 * HOUR],
  ["7d", 168 * HOUR],
] as const;
describe.each(ranges)("over %s, what the page of the alerts says of", (name, length) => {
  const open = shared();
  let page: Page;
  beforeAll(async () => {
    ({ page } = await open(`/alertes?from=now-${name}&to=now`));
  });
  test.each(meanings)("$uid is what the records give: its states, when they changed, its values now", async (rule) => {
    const { uid, measured, holds, limits } = rule;
    const shown = await instances(page, uid);
    const { for: wait, every } = rules[uid];
    const clock = { from: NOW - length, to: NOW, every: every.value * 1000, hold: wait.value * 1000 };
    const held = (at: number): Held => new Map([...measured(at)].map(([of, values]) => [of, holds(values)] as const));
    const wanted = stretchesOf(held, clock);
    const notable = [...wanted].filter(([, stretches]) => stretches.some(isNotable)).map(([of]) => of);
    expect(notable.length).toBeGreaterThan(0);
    expect([...shown.keys()]).toEqual(expect.arrayContaining(notable));
    const now = measured(NOW);
    for (const [of, one] of shown) {
      const stretches = wanted.get(of) ?? [];
      const scaled = one.stretches.map(({ state, from, to }) => ({ state, from: from * length, to: to * length }));
      expect(inMinutes(scaled, 0), of).toEqual(inMinutes(stretches, NOW - length));
      const last = stretches.at(-1);
      expect([of, one.state]).toEqual([of, last?.to === NOW ? last.state : "Normal"]);
      for (const [index, text] of one.texts.entries()) {
        const value = now.get(of)?.[index];
        expect(text).toContain(limits[index]);
        if (value === undefined)
          expect([of, one.now[index], text]).toEqual([of, undefined, expect.stringContaining("rien maintenant")]);
        else {
          expect(one.now[index], of).toBeCloseTo(value, 6);
          const measured = numberIn(/: (.*?) maintenant/.exec(text)![1]!);
          expect(Math.abs(measured.value - value), text).toBeLessThanOrEqual(measured.within);
        }
      }
    }
  });
});
