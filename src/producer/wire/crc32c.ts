const POLYNOMIAL = 0x82f63b78;
const BYTES = 8;

/** For each of eight places in a row, what a byte there does to the checksum. */
const tables = Array.from({ length: BYTES }, () => new Int32Array(256));
const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  t0[byte] = crc;
}
for (let place = 1; place < BYTES; place++) {
  const [before, table] = [tables[place - 1] as Int32Array, tables[place] as Int32Array];
  for (let byte = 0; byte < 256; byte++)
    table[byte] = ((before[byte] as number) >>> 8) ^ (t0[(before[byte] as number) & 255] as number);
}

/** CRC-32C (Castagnoli) of bytes, eight at a time ("slicing-by-8": Kounavis and Berry, 2005). */
export function crc32c(bytes: Buffer): number {
  let crc = -1;
  let at = 0;
  for (const end = bytes.length - (bytes.length % BYTES); at < end; at += BYTES) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      t7[crc & 255]! ^
      t6[(crc >>> 8) & 255]! ^
      t5[(crc >>> 16) & 255]! ^
      t4[crc >>> 24]! ^
      t3[bytes[at + 4]!]! ^
      t2[bytes[at + 5]!]! ^
      t1[bytes[at + 6]!]! ^
      t0[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = t0[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
