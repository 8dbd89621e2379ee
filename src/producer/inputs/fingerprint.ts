/** 64 bits that stand for a text, as two whole numbers below 2³²; never both 0. */
export type Fingerprint = readonly [number, number];

const mixed = (hash: number): number => {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
};

/** Two sums over the code units, each with a multiplier of its own, mixed as MurmurHash3 ends. */
export function fingerprint(text: string): Fingerprint {
  let [a, b] = [0x9e3779b9, 0x243f6a88];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul((b << 5) ^ (b >>> 27) ^ unit, 0x5bd1e995);
  }
  const low = mixed(a ^ b);
  return [low, mixed(b + Math.imul(a, 0x27d4eb2f) + text.length) || Number(low === 0)];
}
