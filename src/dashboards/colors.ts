import type { Config } from "../core/config/schema.ts";
import { regexEscape } from "../queries/logql/logs.ts";
import { type DynamicConfigValue, FieldColorBuilder } from "./sdk.ts";

export const stateColors = { SUCCESS: "green", FAILED: "red", INVALID: "orange" } as const;
/** What has no value, or nothing to say. */
export const QUIET = "gray";
/** Readable on a dark and on a light page, and none of the states' colours. */
const PALETTE = "#3D85E0 #F08C1A #9B6BD3 #1FA88C #D0A400 #E36BB0 #17A2C4 #A0714F #8AA22E #7F8FA6".split(" ");

export const fixedColor = (color: string): DynamicConfigValue => ({
  id: "color",
  value: new FieldColorBuilder()
    .mode("fixed" as never)
    .fixedColor(color)
    .build(),
});

/** The properties of the series of some name, or of every name that fits. */
export type SeriesLook = Readonly<{
  match: Readonly<{ name: string } | { regexp: string }>;
  properties: DynamicConfigValue[];
}>;
const look = (match: SeriesLook["match"], color: string): SeriesLook => ({ match, properties: [fixedColor(color)] });
export const colored = (name: string, color: string): SeriesLook => look({ name }, color);

/** Grafana reads a pattern between slashes. */
const escaped = (text: string) => regexEscape(text).replaceAll("/", "\\/");
const CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
/** The ends of names that share a colour; the last of them also has every end that is no letter and no digit. */
const endsOf = (place: number): string => {
  const ends = [...CHARACTERS].filter((_, index) => index % PALETTE.length === place).join("");
  return place < PALETTE.length - 1 ? `[${ends}]` : `[^${CHARACTERS.replace(new RegExp(`[${ends}]`, "g"), "")}]`;
};

/**
 * One colour for each source, on every panel and whatever stands before its name: an expected one has its own, any
 * other that of its last character.
 */
export const sourceColors = ({ sources }: Config): readonly SeriesLook[] => [
  ...PALETTE.map((color, place) => look({ regexp: `/${endsOf(place)}$/i` }, color)),
  ...sources.expected.map(({ source }, index) =>
    look({ regexp: `/^(.* · )?${escaped(source)}$/` }, PALETTE[index % PALETTE.length]!),
  ),
];
