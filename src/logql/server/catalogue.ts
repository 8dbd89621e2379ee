import { collected } from "../../core/kept.ts";
import { byText } from "../../core/order.ts";
import type { Matcher } from "../ast.ts";
import { keyOf, type Labels } from "../evaluate/labels.ts";
import { parse } from "../parse/parse.ts";
import { firstAfter, firstFrom, type Stream, select } from "../streams.ts";
import { type Answer, data, Refusal } from "./answer.ts";
import { hours, limitOf, spanOf } from "./parameters.ts";
import type { Asked } from "./queries.ts";

/** The matchers of a selector without stages; none for `{}` and for nothing. */
function matchersOf(text: string | null): readonly Matcher[] {
  if (!text || /^\s*\{\s*\}\s*$/.test(text)) return [];
  const query = parse(text);
  if (query.kind !== "logs" || query.stages.length > 0) throw new Refusal("only label matchers are supported");
  return query.matchers;
}

type Part = Readonly<{ stream: Stream; from: number; to: number }>;

/** Where the lines of a request's span stand, in the streams that have any and fit one of its selectors. */
function partsOf({ parameters, streams, now }: Asked, selectors: readonly (string | null)[]): readonly Part[] {
  const span = spanOf(parameters, { now, since: hours(6) });
  const [start, end] = [Number(span.start - streams.origin), Number(span.end - streams.origin)];
  const fitting = new Set(selectors.flatMap((text) => select(streams, matchersOf(text))));
  return [...fitting]
    .map((stream) => ({ stream, from: firstFrom(stream.times, start), to: firstAfter(stream.times, end) }))
    .filter(({ from, to }) => from < to);
}

const ofQuery = (asked: Asked) => partsOf(asked, [asked.parameters.get("query")]);

/** Loki leaves an empty list of names or values out. */
const list = (items: Iterable<string>): Answer => {
  const sorted = [...new Set(items)].sort();
  return data(sorted.length === 0 ? { status: "success" } : { status: "success", data: sorted });
};

/** `labels`: the names of labels. */
export const labelNames = (asked: Asked): Answer =>
  list(ofQuery(asked).flatMap(({ stream }) => Object.keys(stream.labels)));

/** `label/NAME/values`: the values of one label. */
export const labelValues = (asked: Asked, name: string): Answer =>
  list(ofQuery(asked).flatMap(({ stream }) => stream.labels[name] ?? []));

/** `series`: the labels of streams. */
export function series(asked: Asked): Answer {
  const selectors = [...asked.parameters.getAll("match[]"), ...asked.parameters.getAll("match")];
  const found = partsOf(asked, selectors.length === 0 ? [null] : selectors);
  return data({ status: "success", data: found.map(({ stream }) => stream.labels) });
}

const bytesOf = ({ stream, from, to }: Part): number => {
  let bytes = 0;
  for (let place = from; place < to; place++) bytes += Buffer.byteLength(stream.lines[place]!);
  return bytes;
};

/** `index/stats`: how much a selector covers; a stream counts as one chunk. */
export function indexStats(asked: Asked): Answer {
  const parts = ofQuery(asked);
  const sum = (measure: (part: Part) => number) => parts.reduce((total, part) => total + measure(part), 0);
  return data({
    streams: parts.length,
    chunks: parts.length,
    bytes: sum(bytesOf),
    entries: sum(({ from, to }) => to - from),
  });
}

/** `index/volume`: the bytes of lines by the labels that the selector or `targetLabels` names; the largest first. */
export function indexVolume(asked: Asked): Answer {
  const { parameters, now } = asked;
  const limit = limitOf(parameters, 100);
  const query = parameters.get("query");
  const asLabels = parameters.get("targetLabels")?.split(",");
  const names = asLabels ?? matchersOf(query).map(({ label }) => label);
  const volumes = collected<string, { metric: Labels; bytes: number }>();
  for (const part of ofQuery(asked)) {
    const { labels } = part.stream;
    const metric =
      names.length === 0
        ? labels
        : Object.fromEntries(
            [...new Set(names)].sort().flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])),
          );
    volumes.of(keyOf(metric), () => ({ metric, bytes: 0 })).bytes += bytesOf(part);
  }
  const time = Number(spanOf(parameters, { now, since: hours(6) }).end / 1_000_000n) / 1000;
  const largest = [...volumes.all].sort(([a, x], [b, y]) => y.bytes - x.bytes || byText(a, b)).slice(0, limit);
  const result = largest.map(([, { metric, bytes }]) => ({ metric, value: [time, String(bytes)] }));
  return data({ status: "success", data: { resultType: "vector", result, stats: {} } });
}
