import { between, type Case, odd, record, refused, whole } from "./case.ts";

const required = ["Entreprise", "Zone", "Source", "Objet", "Etat", "Fin"] as const;
const expected = (field: string) => (field === "Etat" ? "SUCCESS or FAILED" : "a text");

/** Every required field, absent or of another type. */
const missing: Case[] = required.flatMap((field) => [
  refused(`${field}: absent`, { [field]: undefined }, `${field} is missing`),
  refused(`${field}: null`, { [field]: null }, `${field} is missing`),
  refused(`${field}: empty`, { [field]: "" }, `${field} is empty`),
  refused(`${field}: blanks`, { [field]: " \t " }, `${field} is empty`),
  refused(`${field}: a number`, { [field]: 5 }, `${field} is 5, not ${expected(field)}`),
  refused(`${field}: true`, { [field]: true }, `${field} is true, not ${expected(field)}`),
  refused(`${field}: an object`, { [field]: { a: 1 } }, `${field} is an object, not ${expected(field)}`),
  refused(`${field}: an array`, { [field]: ["x"] }, `${field} is an array, not ${expected(field)}`),
]);

const states = ["success", "SUCCESS ", "DONE", "INVALID", "SUCCÈS", "FAILED\0", "__proto__", "constructor"].map(
  (etat) =>
    refused(`Etat: ${JSON.stringify(etat)}`, { Etat: etat }, `Etat is ${JSON.stringify(etat)}, not SUCCESS or FAILED`),
);

const noDates = [
  "31-02-2025 10:00:00",
  "00-00-0000 00:00:00",
  "2025-09-05 16:45:27",
  "05/09/2025 16:45:27",
  "05-09-2025T16:45:27",
  "05-09-2025 16:45:27Z",
  "05-09-2025 16:45:27+02:00",
  "05-09-2025 24:00:00",
  "05-09-2025 16:60:00",
  "05-09-2025 16:45:60",
  "05-09-2025 16:45",
  "05-09-25 16:45:27",
  "05-09-2025 16:45:27.1234567",
  "05-09-2025 16:45:27,5",
  "٠٥-٠٩-٢٠٢٥ ١٦:٤٥:٢٧",
  "now",
  "\0",
];
const dates: Case[] = [
  ...noDates.map((date) =>
    refused(`Fin: ${JSON.stringify(date)}`, { Fin: date }, `Fin ${JSON.stringify(date)} is not a possible date`),
  ),
  refused("Fin: very long", { Fin: "9".repeat(40_000) }, `Fin "${"9".repeat(80)}…" is not a possible date`),
  refused("Debut: impossible", { Debut: "31-02-2025 10:00:00" }, 'Debut "31-02-2025 10:00:00" is not a possible date'),
  refused("Debut: a number", { Debut: 1 }, "Debut is 1, not a text"),
  odd("Debut: null", { Debut: null }),
  odd("Fin: the year 0001", { Fin: "01-01-0001 00:00:00" }),
  odd("Fin: the year 9999", { Fin: "31-12-9999 23:59:59.999999" }),
];

const raw = (name: string, key: string, value: string) =>
  whole(`number: ${name}`, (m) => record(m).replace(/\}$/, `,"${key}":${value}}`), 1);
const numbers: Case[] = [
  raw("1e999", "Duree secondes", "1e999"),
  raw("-1e999", "Duree secondes", "-1e999"),
  raw("1e-999", "Duree secondes", "1e-999"),
  raw("the greatest", "memory_used (bytes)", "1.7976931348623157e308"),
  raw("a thousand digits", "memory_used (bytes)", "9".repeat(1000)),
  raw("a hundred thousand digits", "Objet_Id", "9".repeat(100_000)),
  raw("beyond 2^53", "Objet_Id", "9007199254740993"),
  ...["1e999", "NaN", "Infinity", "0x10", "1,5", " 3 ", "n/a", "1_000", "١", "9".repeat(10_000), "--1", "1e"].map(
    (text) =>
      odd(`number: the text ${text.slice(0, 20)}`, {
        "Duree secondes": text,
        "cpu_time (sec)": text,
        "memory_used (bytes)": text,
      }),
  ),
  ...([true, [], {}, [1], null] as const).map((value) =>
    odd(`number: ${JSON.stringify(value)}`, { "Duree secondes": value, "cpu_time (sec)": value }),
  ),
  odd("number: negative", { "Duree secondes": -1, "memory_used (bytes)": -5 }),
];

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const deep = (m: string, depth: number) => record(m).replace(/\}$/, `,"Parametres":${nested(depth)}}`);
const shapes: Case[] = [
  odd("shape: parameters are an object", { Parametres: { a: [1, { b: null }] } }),
  odd("shape: description is an array", { Description: ["a", 1] }),
  odd("shape: the id is an object", { Objet_Id: { a: 1 } }),
  whole("shape: nested 500 deep", (m) => deep(m, 500), 1),
  between("shape: nested 100 000 deep", (m) => deep(m, 100_000), "Parametres nests too deeply to be kept as text"),
  odd(
    "shape: a thousand further keys",
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, index])),
  ),
  odd("shape: an empty key", { "": 1, " ": 2 }),
  odd("shape: our own names as keys", { etat: "FAILED", lot: "x", retablissement_s: 5, fin: "x" }),
  whole("keys: a state twice, the last counts", (m) => record(m).replace("{", '{"Etat":"DONE",'), 1),
  between(
    "keys: a state twice, the last is none",
    (m) => record(m).replace(/\}$/, ',"Etat":"DONE"}'),
    'Etat is "DONE", not SUCCESS or FAILED',
  ),
  whole("keys: an object's name twice", (m) => record(m).replace("{", '{"Objet":"first",'), 1),
  whole("keys: __proto__", (m) => record(m).replace("{", '{"__proto__":{"Etat":"FAILED"},'), 1),
  whole(
    "keys: constructor and prototype",
    (m) => record(m).replace("{", '{"constructor":{"prototype":{"Etat":"FAILED"}},"prototype":1,'),
    1,
  ),
  whole(
    "keys: toString, valueOf, toJSON",
    (m) => record(m).replace("{", '{"toString":1,"valueOf":2,"toJSON":3,"hasOwnProperty":4,"then":5,'),
    1,
  ),
  between("keys: all values in __proto__", (m) => `{"__proto__":${record(m)}}`, "Etat is missing"),
  between("keys: __proto__ twice", '{"__proto__":null,"__proto__":[]}', "Etat is missing"),
  refused("keys: another case", { Etat: undefined, etat: "SUCCESS", ETAT: "SUCCESS" }, "Etat is missing"),
  refused("keys: a blank behind", { Fin: undefined, "Fin ": "05-09-2025 16:45:27" }, "Fin is missing"),
];

const code = {
  NUL: "a\0b",
  "all control characters": String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code), 127),
  "lone surrogates": "a\ud800b\udfffc",
  "line separators": "a\u2028b\u2029c",
  "right to left": "\u202Egnp.exe",
  emoji: "👩‍👩‍👧‍👦🇨🇦",
  "not a character": "\uFFFE\uFFFF",
  "line ends": "a\r\nb\nc\r",
  LogQL: '"} |= "x" | json | drop __error__ #',
  backticks: "`} or vector(1) #`",
  "a template": '{{ .Entry }}{{ env "HOME" }}{{ template "x" }}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text that looks like code
  variables: "${HOME} $source ${__from} $(id) %s %n %d",
  HTML: "<script>alert(1)</script><img src=x onerror=alert(1)>",
  SQL: "'; DROP TABLE runs; --",
  ANSI: "\u001b[2J\u001b[31mred\u0007",
  "a formula": '=HYPERLINK("http://x","y")',
  "JSON in text": '{"etat":"FAILED","source":"x"}',
};
const texts: Case[] = [
  ...Object.entries(code).map(([name, text]) =>
    odd(`text: ${name}`, { Description: text, Parametres: text, Transformation: text, No_Sequence: text }),
  ),
  odd("text: 200 KB", { Description: "x".repeat(200_000) }),
];

export const values: readonly Case[] = [...missing, ...states, ...dates, ...numbers, ...shapes, ...texts];
