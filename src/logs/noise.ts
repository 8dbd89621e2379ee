/** A number from 0 (included) to 1 (not), the same for a text on every machine; neighbouring texts share nothing. */
export function noise(text: string): number {
  let state = 2_166_136_261;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 16_777_619);
  state = Math.imul(state ^ (state >>> 16), 2_246_822_507);
  state = Math.imul(state ^ (state >>> 13), 3_266_489_909);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}

/** A number of the normal distribution for a text. */
export const normal = (text: string): number =>
  Math.sqrt(-2 * Math.log(1 - noise(`${text}/radius`))) * Math.cos(2 * Math.PI * noise(`${text}/angle`));
