import type { Document } from "../../../core/documents/document.ts";
import { get, isContainer, type Json } from "../../../core/documents/json.ts";
import type { About, Found } from "../finding.ts";
import { type IsLoki, looksLikeLogql } from "./datasource.ts";

/** Where a query stands: under a key of a part of a document. */
export type Place = Readonly<{ document: Document; within: Json | undefined; key: string }>;

/** The text at a place as a query, if it is LogQL: its data source decides, and where none is known, its looks. */
export function logqlIn({ document, within, key }: Place, loki: IsLoki, about: About): readonly Found[] {
  const text = get(within, key);
  if (!isContainer(within) || typeof text !== "string" || !text.trim() || !(loki ?? looksLikeLogql(text))) return [];
  return [{ text, at: document.at(within, key), about }];
}

/** What a panel, and a rule that links to it, call it; without a dashboard it has no name. */
export const panelName = (uid: string | undefined, id: string | number | undefined): string | undefined =>
  uid && id !== undefined ? `${uid}/${id}` : undefined;

export const OTHER: About = { role: "other", stated: [], thresholds: [] };
const VARIABLE: About = { role: "variable", stated: [], thresholds: [] };
const LABEL_VALUES = /^\s*label_values\(\s*(\{.*?\})\s*(\|.*)?,[^{}]*\)\s*$/s;
const EVERYTHING = /^\s*\{\s*\}\s*$/;

/** The stream selector that a variable's query names; one of all streams says nothing. */
export function selectorIn(place: Place, loki: IsLoki): readonly Found[] {
  return logqlIn(place, loki, VARIABLE).flatMap((found) => {
    if (EVERYTHING.test(found.text)) return [];
    if (!/^\s*label_(?:values|names)\b/.test(found.text)) return loki && !found.text.includes("{") ? [] : [found];
    const [, selector, pipeline] = LABEL_VALUES.exec(found.text) ?? [];
    if (selector === undefined || pipeline !== undefined || EVERYTHING.test(selector)) return [];
    const start = found.text.indexOf(selector);
    return [{ ...found, text: selector, at: (offset: number) => found.at(start + offset) }];
  });
}
