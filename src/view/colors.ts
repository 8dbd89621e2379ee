/** Grafana's named colours, those of the dark theme. */
const HUES: Readonly<
  Record<string, readonly [superLight: string, light: string, plain: string, semiDark: string, dark: string]>
> = {
  red: ["#FFA6B0", "#FF7383", "#F2495C", "#E02F44", "#C4162A"],
  orange: ["#FFCB7D", "#FFB357", "#FF9830", "#FF780A", "#FA6400"],
  yellow: ["#FFF899", "#FFEE52", "#FADE2A", "#F2CC0C", "#E0B400"],
  green: ["#C8F2C2", "#96D98D", "#73BF69", "#56A64B", "#37872D"],
  blue: ["#C0D8FF", "#8AB8FF", "#5794F2", "#3274D9", "#1F60C4"],
  purple: ["#DEB6F2", "#CA95E5", "#B877D9", "#A352CC", "#8F3BB8"],
};
const SHADES = ["super-light-", "light-", "", "semi-dark-", "dark-"] as const;

const named: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(HUES).flatMap(([hue, shades]) => shades.map((color, index) => [`${SHADES[index]}${hue}`, color])),
  ),
  text: "#9aa5b4",
  gray: "#8e8e8e",
  grey: "#8e8e8e",
  white: "#ffffff",
  black: "#000000",
  transparent: "rgba(0,0,0,0)",
};

/** A colour that a browser knows, for a name of Grafana's or a CSS colour. */
export const colorOf = (name: string): string =>
  named[name] ?? (/^(?:#[\da-f]{3,8}|rgba?\([\d., %]+\))$/i.test(name) ? name : named.gray!);

/** The colours of series, one after the other. */
const PALETTE =
  "green semi-dark-yellow light-blue semi-dark-orange red blue purple dark-green super-light-orange dark-purple " +
  "light-red dark-yellow dark-blue light-green dark-orange light-purple dark-red super-light-blue yellow semi-dark-blue";
const palette = PALETTE.split(" ").map(colorOf);

/** The colour of the series at that place. */
export const seriesColor = (index: number): string => palette[index % palette.length]!;

/** The colour of the series of that name, wherever it stands. */
export function colorOfName(name: string): string {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(31, hash) + name.charCodeAt(at)) | 0;
  return seriesColor(Math.abs(hash));
}

type Rgb = readonly [red: number, green: number, blue: number];
function rgbOf(color: string): Rgb {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(color);
  if (hex) return [hex[1]!, hex[2]!, hex[3]!].map((part) => Number.parseInt(part, 16)) as unknown as Rgb;
  const numbers = [...color.matchAll(/[\d.]+/g)].map(([text]) => Number(text));
  return [numbers[0] ?? 128, numbers[1] ?? 128, numbers[2] ?? 128];
}
/** A colour that lets so much through: 1 nothing, 0 all. */
export const withAlpha = (color: string, alpha: number): string => `rgba(${rgbOf(color).join(",")},${alpha})`;
const luminance = (color: Rgb) => {
  const [red, green, blue] = color.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
/** The contrast of two colours as the web's accessibility guidelines define it, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(rgbOf(a)), luminance(rgbOf(b))];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const READABLE = 4.5;
/** The colour, darker or lighter by as much as it needs to be read on a background. */
export function readable(color: string, background: string): string {
  const target = luminance(rgbOf(background)) > 0.4 ? 0 : 255;
  const rgb = rgbOf(color);
  const hex = (part: number) => Math.round(part).toString(16).padStart(2, "0");
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = `#${rgb.map((part) => hex(part + (target - part) * share)).join("")}`;
    if (contrast(mixed, background) >= READABLE) return mixed;
  }
  return target === 0 ? "#000000" : "#ffffff";
}
/** Black or white, whichever is read better on a colour. */
export const inkOn = (color: string): string => (contrast("#ffffff", color) >= READABLE ? "#ffffff" : "#111217");
