import { describe, expect, test } from "vitest";
import { rejected } from "../../../src/core/record/rejects.ts";

const piece = (text: string) => ({ position: 7, bytes: Buffer.from(text) });

describe("rejects", () => {
  test("carry reason, place and original text", () => {
    const { message, printed } = rejected(
      { code: "json", reason: "Etat is missing" },
      "s3://my12data/logs.json",
      piece('{"a":"é"}'),
    );
    expect(JSON.parse(message)).toEqual({
      reason: "Etat is missing",
      input: "s3://my12data/logs.json",
      line: 7,
      record: '{"a":"é"}',
    });
    expect(printed).toBe('{"line":7,"reason":"Etat is missing","record":"{\\"a\\":\\"é\\"}"}');
  });

  test("of more than 256 KB carry head, length and SHA-256", () => {
    // printf 'é%.0s' $(seq 131073) | sha256sum
    const { message, bytes } = rejected({ code: "json", reason: "x" }, "logs.json", piece("é".repeat(131_073)));
    expect(JSON.parse(message)).toEqual({
      reason: "x",
      input: "logs.json",
      line: 7,
      head: "é".repeat(8192),
      length: 262_146,
      sha256: "f255f6867867b3951d82413e5cebf5973f140cbce4a0ea963630b38bcf6325ba",
    });
    expect(bytes).toBeLessThan(20_000);
  });

  test("whose message would grow beyond 256 KB do too", () => {
    const { message } = rejected({ code: "json", reason: "x" }, "logs.json", piece("\u0001".repeat(50_000)));
    expect(JSON.parse(message)).toMatchObject({ head: "\u0001".repeat(16_384), length: 50_000 });
    expect(Buffer.byteLength(message)).toBeLessThan(262_144);
  });

  test("cut the head between two characters", () => {
    const { message } = rejected({ code: "json", reason: "x" }, "logs.json", piece(`a${"é".repeat(131_073)}`));
    expect(JSON.parse(message).head).toBe(`a${"é".repeat(8191)}`);
  });

  test("that were too long to hold keep the length and hash of the whole", () => {
    const { message } = rejected({ code: "json", reason: "x" }, "logs.json", {
      ...piece("abc"),
      cut: { length: 5_000_000, sha256: "00ff" },
    });
    expect(JSON.parse(message)).toEqual({
      reason: "x",
      input: "logs.json",
      line: 7,
      head: "abc",
      length: 5_000_000,
      sha256: "00ff",
    });
  });
});
