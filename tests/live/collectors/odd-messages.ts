/** A message's value: text, bytes, or none (a tombstone). */
export type Odd = string | Buffer | null;

const usualFields = { etat: "SUCCESS", source: "odd", entreprise: "akonovia", zone: "1-Raw" };
const usual = { ...usualFields, objet: "projects", fin: "2026-11-20T10:00:00.000000Z" };
type Labels = Readonly<Record<string, string>>;
const usualLabels: Labels = { job: "kafka-logs", ...usualFields };
const odd = (fields: object) => JSON.stringify({ ...usual, ...fields });
const whole = odd({ duree_s: 1.5, description: "Tout roule, pas de stress! é€𐍈" });
const bytes = Buffer.from(whole);

const states = ["INVALID", "FAILED", "success", "SUCCESS ", "null", "1", "constructor", "__error__"];
const letters = ["é", "日本", "𐍈", "\u0000", "\u007f", "\u0085\u2028", "\ufeff", "\ufffd", "a\ufffd\ufffdb\ufffd", "?"];
const marks = ["a\nb", 'a"b', "a\\b", "a\tb", "{}", "}", "{{ .Value }}", '", job="x', "", " ", "  x "];
const long = ["x".repeat(2048), "é".repeat(1024)];
const numbers = [0, 1, -1, 1.5, 1e21, 1e-7, 123456789012345680, 1.7976931348623157e308, 5e-324, 2 ** 53];
const others = [true, false, null, [], {}, [1, "a", null], { a: "<b>&\u2028" }, { a: { b: [1e21, true] } }];
const values = [...states, ...letters, ...marks, ...long, ...numbers, ...others];

const labels = ["etat", "source", "entreprise", "zone", "lot"] as const;
const oddValues = labels.flatMap((label) => values.map((value) => odd({ [label]: value })));
const missing = labels.map((label) => odd({ [label]: undefined }));
const truncated = Array.from({ length: 40 }, (_, index) => bytes.subarray(0, Math.floor((bytes.length * index) / 40)));
const broken = Array.from({ length: 40 }, (_, index) => {
  const at = Math.floor((bytes.length * index) / 40);
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from([[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80]][index % 5]!),
    bytes.subarray(at),
  ]);
});
const badUtf8 = labels.flatMap((label) => [
  Buffer.from(odd({ [label]: "\ue000" }).replace("\ue000", "\u00ff"), "latin1"),
  Buffer.from(odd({ [label]: "aÃ" }), "latin1"),
]);

const nothing = [null, "", " ", "\n", "\u0000", "\ufeff"];
const otherJson = ["[]", "[1]", `[${whole}]`, "{}", "null", "true", "1", '"x"'];
const noJson = ["ceci n'est pas du JSON", "{", "}", '{"etat"', whole.replace(/}$/, ",}"), whole.replace(/}$/, "")];
const around = ["\ufeff*", " * ", "*\n", "*\r\n", "**", "*,", "* x"].map((text) => text.replaceAll("*", () => whole));
const written = (field: string, texts: readonly string[]) => texts.map((text) => whole.replace(field, () => text));
const strings = ["'akonovia'", '"a\\u0041\\u00e9\\/\\b\\f"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00x"', '"\\x"'];
const figures = ["NaN", "01", "1.", ".5", "+1", "1e", "-", "1e400", "0x10", "1,5"];
const raw: readonly Odd[] = [
  ...nothing,
  ...otherJson,
  ...noJson,
  ...around,
  ...written('"akonovia"', strings),
  ...written("1.5", figures),
  ...written("Tout", ["a\tb", "a\u0001b"]),
  whole.replace("{", "{ \t\n"),
  odd({ source: 0 }).replace(":0", ":-0"),
  '{"etat":"SUCCESS"}',
  '{"etat":"FAILED","etat":"SUCCESS","source":"a","source":"b","entreprise":"e","zone":"z"}',
  '{"__proto__":{"etat":"SUCCESS"},"source":"a","entreprise":"e","zone":"z"}',
  odd({ constructor: 1, toString: 2, hasOwnProperty: 3 }),
  odd({ description: "x".repeat(200_000) }),
  odd({ description: "\u0000\u001f\u007f\u0085\u2028\ufffe" }),
  odd({ ETAT: "FAILED" }),
  `{"deep":${"[".repeat(500)}${"]".repeat(500)},${whole.slice(1)}`,
];

/** Messages that the two read differently, by the reason. */
export const differing: Readonly<Record<string, Readonly<{ message: string; promtail: Labels; forwarder: Labels }>>> = {
  "Promtail writes an object that stands for a label with its keys in any order and its exponents in two digits": {
    message: odd({ lot: { b: 1e-7 } }),
    promtail: { ...usualLabels, lot: "{_b_:1e-07}" },
    forwarder: { ...usualLabels, lot: "{_b_:1e-7}" },
  },
  "Promtail's JSON reader lets a control character pass once its string has an escape before it": {
    message: whole.replace("Tout", "\\na\u0001b"),
    promtail: usualLabels,
    forwarder: { job: "kafka-logs", etat: "INVALID" },
  },
};

/** Hundreds of messages that are not what the producer sends, each labelled by the rule alone. */
export const oddMessages: readonly Odd[] = [...oddValues, ...missing, ...truncated, ...broken, ...badUtf8, ...raw];
