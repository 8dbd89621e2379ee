/**
 * A message that somebody puts straight into the topic of records, and the labels that Loki must have it under; the
 * line is the message as it is.
 */
type OddMessage = Readonly<{
  name: string;
  value: (marker: string) => Buffer;
  etat: "SUCCESS" | "FAILED" | "INVALID";
  source?: string;
}>;

const good = (marker: string, fields: Record<string, unknown> = {}) =>
  JSON.stringify({
    etat: "SUCCESS",
    source: "direct",
    entreprise: "akonovia",
    zone: "1-Raw",
    objet: marker,
    ...fields,
  });
const message = (
  name: string,
  etat: OddMessage["etat"],
  value: (marker: string) => string | Buffer,
  source?: string,
): OddMessage => ({
  name,
  etat,
  value: (marker) => Buffer.from(value(marker) as string),
  ...(source !== undefined && { source }),
});
const invalid = (name: string, value: (marker: string) => string | Buffer) => message(name, "INVALID", value);
const labelled = (name: string, sent: string, kept: string) =>
  message(`label: ${name}`, "SUCCESS", (m) => good(m, { source: sent }), kept);
const bytes = (hex: string) => Buffer.from(hex, "hex");

export const messages: readonly OddMessage[] = [
  message("good", "SUCCESS", (m) => good(m), "direct"),
  message("failed", "FAILED", (m) => good(m, { etat: "FAILED" }), "direct"),
  message(
    "a thousand further keys",
    "SUCCESS",
    (m) => good(m, Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, index]))),
    "direct",
  ),
  message("a prototype", "SUCCESS", (m) => good(m).replace("{", '{"__proto__":{"etat":"FAILED"},'), "direct"),
  invalid("text", (m) => `${m} is no JSON`),
  invalid("blanks and a marker", (m) => `   ${m}   `),
  invalid("cut", (m) => good(m, { objet: undefined }).replace("{", `{"objet":"${m}",`).slice(0, -30)),
  invalid("two records", (m) => `${good(m)}${good(m)}`),
  invalid("a list", (m) => `[${good(m)}]`),
  invalid("a number and a marker", (m) => `1${m}`),
  invalid("a text", (m) => JSON.stringify(m)),
  invalid("a list of its marker", (m) => JSON.stringify([m])),
  invalid("no state", (m) => good(m, { etat: undefined })),
  invalid("another state", (m) => good(m, { etat: "DONE" })),
  invalid("a state in small letters", (m) => good(m, { etat: "success" })),
  invalid("a state that is a number", (m) => good(m, { etat: 1 })),
  invalid("a state that is null", (m) => good(m, { etat: null })),
  invalid("a state that is a template", (m) => good(m, { etat: "{{ .Entry }}" })),
  ...["source", "entreprise", "zone"].flatMap((label) => [
    invalid(`no ${label}`, (m) => good(m, { [label]: undefined })),
    invalid(`an empty ${label}`, (m) => good(m, { [label]: "" })),
    invalid(`${label} null`, (m) => good(m, { [label]: null })),
  ]),
  invalid("bytes that are no text", (m) => Buffer.concat([Buffer.from(m), bytes("ff00fe80c0af")])),
  invalid("UTF-16", (m) => Buffer.concat([bytes("fffe"), Buffer.from(m)])),
  invalid("gzip", (m) => Buffer.concat([bytes("1f8b0800"), Buffer.from(m)])),
  invalid("NULs", (m) => `${m}\0\0\0`),
  invalid("line ends", (m) => `${m}\r\n\r\n`),
  invalid("ANSI", (m) => `\u001b[2J${m}`),
  invalid("brackets deep in each other", (m) => `${"[".repeat(5000)}"${m}"${"]".repeat(5000)}`),
  invalid("200 KB of text", (m) => m + "x".repeat(200_000)),
  invalid("LogQL", (m) => `{job="kafka-logs"} |= "${m}"`),
  invalid("a template", (m) => `{{ .Entry }}{{ template "${m}" }}`),
  labelled("a double quote", 'a"b', "a_b"),
  labelled("LogQL", 'x"} or vector(1) #', "x_} or vector(1) #"),
  labelled("a line end", "a\nb", "a_b"),
  labelled("a surrogate alone", "a\ud800b", "a_b"),
  labelled("the character for broken text", "a\uFFFDb", "a_b"),
  message(
    "label: bytes that are no text",
    "SUCCESS",
    (m) =>
      Buffer.concat([
        Buffer.from(good(m).replace(/"direct".*/, '"a')),
        bytes("ff"),
        Buffer.from(good(m).replace(/.*"direct"/, 'b"')),
      ]),
    "a_b",
  ),
  labelled("NUL", "a\0b", "a_b"),
  labelled("Grafana's range", "a$__range", "a_range"),
  labelled("backticks", "`x`", "`x`"),
  labelled("a template", "{{ .Value }}", "{{ .Value }}"),
  labelled("a capture", "$1", "$1"),
  labelled("a regular expression", ".*", ".*"),
  labelled("accents", "é🙂", "é🙂"),
  labelled("2048 bytes", "é".repeat(1024), "é".repeat(1024)),
];

/** Messages that Loki refuses, whoever carries them there: a line, and a label. */
export const tooLong: readonly string[] = ["x".repeat(300_000), good("too-long", { source: `x${"é".repeat(1024)}` })];
