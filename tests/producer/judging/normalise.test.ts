import { describe, expect, test } from "vitest";
import { normaliser } from "../../../src/producer/judging/normalise.ts";
import { bytesOf, raw } from "../records.ts";

const normalise = normaliser("UTC");
const record = (value: unknown) => {
  const result = normalise(bytesOf(value));
  return "line" in result ? JSON.parse(result.line) : result;
};
const reason = (value: unknown) => {
  const result = normalise(Buffer.isBuffer(value) ? value : bytesOf(value));
  return "reason" in result ? result.reason : result;
};

test("a record of the real shape, in the order in which it is written", () => {
  expect(JSON.stringify(record({ lot: "x", retablissement_s: 1, ...raw() }))).toBe(
    '{"etat":"SUCCESS","source":"zohoprojects","entreprise":"akonovia","zone":"1-Raw","objet":"projects","objet_id":1995,' +
      '"transformation":"Zoho_API_get_data","parametres":"…","sequence":"2025-09-05-16-45","debut":"2025-09-05T16:45:26.191702Z",' +
      '"fin":"2025-09-05T16:45:27.089917Z","duree_s":0.898215,"cpu_s":0.09,"memoire_octets":5517312,"description":"Tout roule, pas de stress!"}',
  );
});

test("the required fields are enough", () => {
  const least = { Entreprise: "a", Zone: "z", Source: "s", Objet: "o", Etat: "FAILED", Fin: "05-09-2025 16:45:27" };
  expect(record(least)).toEqual({
    etat: "FAILED",
    source: "s",
    entreprise: "a",
    zone: "z",
    objet: "o",
    fin: "2025-09-05T16:45:27.000000Z",
  });
});

describe("measures", () => {
  test.each([
    [0, 0],
    [-1.5, -1.5],
    ["0.09", 0.09],
    [" 12 ", 12],
    ["1.", 1],
    [".5", 0.5],
    ["+2e3", 2000],
    ["1E-2", 0.01],
  ])("%j is the number %d", (value, number) =>
    expect(record(raw({ "cpu_time (sec)": value }))).toHaveProperty("cpu_s", number),
  );

  test.each([
    "",
    "  ",
    "n/a",
    "0x10",
    "Infinity",
    "NaN",
    "1e999",
    "1,5",
    "1_000",
    "12 s",
    null,
    true,
    [1],
    { value: 1 },
    undefined,
  ])("%j is left out", (value) => expect(record(raw({ "cpu_time (sec)": value }))).not.toHaveProperty("cpu_s"));

  test("a number beyond all limits is left out", () => {
    expect(record(JSON.stringify(raw()).replace("5517312", "1e999"))).not.toHaveProperty("memoire_octets");
  });
});

describe("optional texts", () => {
  test.each([
    ["Jeton expiré\n", "Jeton expiré\n"],
    [404, "404"],
    [false, "false"],
    [{ code: 401, message: "é" }, '{"code":401,"message":"é"}'],
    [["a", 1], '["a",1]'],
  ])("%j is kept as %j", (value, text) =>
    expect(record(raw({ Description: value }))).toHaveProperty("description", text),
  );

  test.each([null, "", " ", undefined])("%j is left out", (value) =>
    expect(record(raw({ Description: value }))).not.toHaveProperty("description"),
  );

  test.each([
    [1995, 1995],
    ["A-1", "A-1"],
    [true, "true"],
  ])("the identifier %j is kept as %j", (value, id) =>
    expect(record(raw({ Objet_Id: value }))).toHaveProperty("objet_id", id),
  );

  test("an identifier that a double cannot hold keeps its digits, as text", () => {
    const written = (text: string) => {
      const result = normalise(
        Buffer.from(JSON.stringify(raw({ Objet_Id: 0, Parametres: undefined })).replace('"Objet_Id":0', text)),
      );
      return "line" in result && JSON.parse(result.line);
    };
    expect(written('"Objet_Id":12345678901234567891')).toHaveProperty("objet_id", "12345678901234567891");
    expect(written('"Objet_Id" : -9007199254740993')).toHaveProperty("objet_id", "-9007199254740993");
    expect(written('"Objet_Id":9007199254740991')).toHaveProperty("objet_id", 9007199254740991);
    expect(written('"x":{"Objet_Id":1},"Parametres":98765432109876543210,"Objet_Id":2')).toMatchObject({
      objet_id: 2,
      parametres: "98765432109876543210",
    });
    expect(written('"Objet_Id":1e300')).toHaveProperty("objet_id", "1e+300");
  });

  test.each([null, "", undefined])("a start of %j is left out", (value) =>
    expect(record(raw({ Debut: value }))).not.toHaveProperty("debut"),
  );
});

describe("keys that are not ours", () => {
  test("unknown keys and keys of the prototype change nothing", () => {
    const text = `{"__proto__":{"Etat":"FAILED"},"constructor":1,"toString":2,"etat":"FAILED","Extra":[1],${JSON.stringify(raw()).slice(1)}`;
    expect(record(text)).toEqual(record(raw()));
  });

  test("the prototype lends no field", () => {
    expect(reason(`{"__proto__":${JSON.stringify(raw())}}`)).toBe("Etat is missing");
  });

  test("of a key that stands twice the last one counts", () => {
    expect(record(`{"Etat":"FAILED",${JSON.stringify(raw()).slice(1)}`)).toHaveProperty("etat", "SUCCESS");
  });
});

describe("reasons for a refusal", () => {
  test.each([
    [raw({ Etat: "DONE" }), 'Etat is "DONE", not SUCCESS or FAILED'],
    [raw({ Etat: "success" }), 'Etat is "success", not SUCCESS or FAILED'],
    [raw({ Etat: { a: 1 } }), "Etat is an object, not SUCCESS or FAILED"],
    [raw({ Etat: "x".repeat(200) }), `Etat is "${"x".repeat(80)}…", not SUCCESS or FAILED`],
    [raw({ Source: undefined }), "Source is missing"],
    [raw({ Source: null }), "Source is missing"],
    [raw({ Zone: "" }), "Zone is empty"],
    [raw({ Entreprise: " \t" }), "Entreprise is empty"],
    [raw({ Objet: 12 }), "Objet is 12, not a text"],
    [raw({ Source: ["a"] }), "Source is an array, not a text"],
    [raw({ Source: "é".repeat(1025) }), "Source is longer than 2048 bytes, the most that Loki takes for a label"],
    [raw({ Fin: undefined }), "Fin is missing"],
    [raw({ Fin: "" }), "Fin is empty"],
    [raw({ Fin: 1757090727 }), "Fin is 1757090727, not a text"],
    [raw({ Fin: "31-02-2026 10:00:00" }), 'Fin "31-02-2026 10:00:00" is not a possible date'],
    [raw({ Fin: "2025-09-05T16:45:27.089917Z" }), 'Fin "2025-09-05T16:45:27.089917Z" is not a possible date'],
    [raw({ Debut: "hier" }), 'Debut "hier" is not a possible date'],
    [raw({ Debut: 12 }), "Debut is 12, not a text"],
    [[raw()], "the record is an array, not an object"],
    ["42", "the record is 42, not an object"],
    ["null", "the record is null, not an object"],
    ['"texte"', 'the record is "texte", not an object'],
    ['{"Etat":"SUCC', "not valid JSON: the text in double quotes at character 9 is not closed"],
    [Buffer.from([0x7b, 0xff, 0x7d]), "not valid UTF-8"],
    [Buffer.from(JSON.stringify(raw({ Source: "Efficé" })), "latin1"), "not valid UTF-8"],
    [
      `{"Description":${"[".repeat(100_000)}${"]".repeat(100_000)},${JSON.stringify(raw({ Description: undefined })).slice(1)}`,
      "Description nests too deeply to be kept as text",
    ],
    [
      `{"more":${"[".repeat(100_000)}${"]".repeat(100_000)},"Parametres":9007199254740993,${JSON.stringify(raw({ Parametres: undefined })).slice(1)}`,
      "Parametres is a number of too many digits to be read in a record that nests too deeply",
    ],
  ])("%#: %j", (value, expected) => expect(reason(value)).toBe(expected));

  test.each<[string, unknown]>([
    ["encoding", Buffer.from([0xff])],
    ["json", "{"],
    ["object", "[1]"],
    ["field", { ...raw(), Etat: "DONE" }],
    ["field", { ...raw(), Fin: undefined }],
    ["date", { ...raw(), Fin: "31-02-2025 00:00:00" }],
  ])("are counted as %s", (code, value) =>
    expect(normaliser("UTC")(Buffer.isBuffer(value) ? value : bytesOf(value))).toMatchObject({ code }),
  );

  test("of several faults the first in the order of the record is told", () =>
    expect(reason({ Etat: "DONE" })).toBe('Etat is "DONE", not SUCCESS or FAILED'));
});

describe("the zone", () => {
  const paris = normaliser("Europe/Paris");
  test("moves both times", () => {
    const times = '"debut":"2025-09-05T14:45:26.191702Z","fin":"2025-09-05T14:45:27.089917Z"';
    expect(paris(bytesOf(raw()))).toMatchObject({
      record: { fin: "2025-09-05T14:45:27.089917Z" },
      line: expect.stringContaining(times),
    });
  });
  test("is named where a time does not exist there", () => {
    expect(paris(bytesOf(raw({ Fin: "30-03-2025 02:30:00" })))).toEqual({
      code: "date",
      reason: 'Fin "30-03-2025 02:30:00" is not a possible date in Europe/Paris',
    });
  });
});

test("the lot is the load and the UTC day of the end", () => {
  const loading = normaliser("America/Montreal", "logs");
  expect(loading(bytesOf(raw({ Fin: "05-09-2025 22:00:00" })))).toMatchObject({ record: { lot: "logs-2025-09-06" } });
});
