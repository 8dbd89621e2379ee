import type { Config } from "../core/config/schema.ts";
import { type DynamicConfigValue, FieldColorBuilder } from "./sdk.ts";

export const stateColors = { SUCCESS: "green", FAILED: "red", INVALID: "orange" } as const;
/** What has no value, or nothing to say. */
export const QUIET = "gray";
/** Readable on a dark and on a light page, and none of the states' colours. */
const PALETTE = [
  "#3D85E0",
  "#F08C1A",
  "#9B6BD3",
  "#1FA88C",
  "#D0A400",
  "#E36BB0",
  "#17A2C4",
  "#A0714F",
  "#8AA22E",
  "#7F8FA6",
];

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
export const colored = (name: string, color: string): SeriesLook => ({
  match: { name },
  properties: [fixedColor(color)],
});

const escaped = (text: string) => text.replace(/[/\\^$.*+?()[\]{}|]/g, "\\$&");
/** One colour for each expected source, on every panel and whatever stands before its name. */
export const sourceColors = ({ sources }: Config): readonly SeriesLook[] =>
  sources.expected.map(({ source }, index) => ({
    match: { regexp: `/^(.* · )?${escaped(source)}$/` },
    properties: [fixedColor(PALETTE[index % PALETTE.length]!)],
  }));
