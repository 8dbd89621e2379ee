const BITS = new DataView(new ArrayBuffer(8));
const MANTISSA = 52n;
const LEADING = 1n << MANTISSA;

/** A finite float without its sign as a whole number times a power of two. */
export const parts = (value: number): { readonly mantissa: bigint; readonly exponent: bigint } => {
  BITS.setFloat64(0, Math.abs(value));
  const bits = BITS.getBigUint64(0);
  const exponent = bits >> MANTISSA;
  const fraction = bits & (LEADING - 1n);
  return exponent === 0n
    ? { mantissa: fraction, exponent: -1074n }
    : { mantissa: fraction | LEADING, exponent: exponent - 1075n };
};

const exponentText = (exponent: bigint, width: number): string =>
  (exponent < 0n ? "-" : "+") + String(exponent).replace("-", "").padStart(width, "0");

/** `%b`: the mantissa and the power of two. */
export const binaryFloat = (value: number): string => {
  const { mantissa, exponent } = parts(value);
  return `${mantissa}p${exponentText(exponent, 1)}`;
};

/** `%x`: 0x1.8p+00; without precision, the digits that it needs. */
export const hexFloat = (value: number, precision: number | undefined): string => {
  let { mantissa, exponent } = parts(value);
  if (mantissa === 0n) return `0x0${precision ? `.${"0".repeat(precision)}` : ""}p+00`;
  while (mantissa < LEADING) {
    mantissa <<= 1n;
    exponent--;
  }
  const digits = 13;
  if (precision !== undefined && precision < digits) {
    const shift = BigInt(4 * (digits - precision));
    const rest = mantissa & ((1n << shift) - 1n);
    const half = 1n << (shift - 1n);
    mantissa >>= shift;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++;
    mantissa <<= shift;
    if (mantissa >= LEADING << 1n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const all = (mantissa & (LEADING - 1n)).toString(16).padStart(digits, "0");
  const fraction = precision === undefined ? all.replace(/0+$/, "") : all.slice(0, precision).padEnd(precision, "0");
  return `0x1${fraction ? `.${fraction}` : ""}p${exponentText(exponent + MANTISSA, 2)}`;
};
