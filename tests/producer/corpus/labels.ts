import { config } from "../../../src/config.ts";
import { type Case, odd, record, refused, whole } from "./case.ts";

/** Names of sources that look like code, and that go through as they are. */
export const oddLabels: Readonly<Record<string, string>> = {
  "a single quote": "it's",
  backticks: "`} or vector(1) #`",
  "a regular expression": ".*",
  "another one": ".+|^$",
  alternatives: "zohocrm|zohobooks",
  "classes and counts": "[a-z]{2,}(x)?",
  "a backslash": "C:\\logs\\n",
  backslashes: "\\\\.\\",
  "a brace": "{job=~.+}",
  "a comment": "a # b",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text that looks like code
  "a variable in braces": "${source}",
  "a variable": "$source",
  "a shell": "$(id) `id`",
  "a template": "{{ .Value }}{{ .Entry }}",
  "a format": "%s%n%d",
  percent: "100%25",
  "an address": "a&var-etat=SUCCESS#x?y=z+w",
  "a path": "../../etc/passwd",
  "another path": "a/b\\c",
  emoji: "🙂👩‍👧",
  accents: "Zoho é",
  "right to left": "\u202Eabc",
  "line separators": "a\u2028b",
  "a blank before and behind": "  zoho  ",
  "a prototype": "__proto__",
  "a constructor": "constructor",
  "another prototype": "hasOwnProperty",
  HTML: "<b>x</b>",
  SQL: "x'; DROP TABLE y; --",
  commas: "a,b=c",
  invalid: "INVALID",
  "2048 bytes": "é".repeat(1024),
};

const CODE = "holds a double quote, a control character, broken text or $__, which would break queries";
const refusedLabels: Readonly<Record<string, string>> = {
  "a double quote": 'a"b',
  LogQL: 'x"} or vector(1) #',
  "another selector": 'x", job=~".+',
  "a line end": "a\nb",
  "a return": "a\rb",
  "a tab": "a\tb",
  NUL: "a\0b",
  escape: "a\u001b[31mb",
  delete: "a\u007fb",
  "a surrogate alone": "a\ud800",
  "the character for broken text": "a\uFFFDb",
  "Grafana's range": "a$__range",
  "Grafana's interval": "$__interval",
};

const names = ["Source", "Entreprise", "Zone"] as const;
export const labels: readonly Case[] = [
  ...Object.entries(oddLabels).map(([name, label]) => odd(`label: ${name}`, { Source: label })),
  odd("label: all three odd", { Source: "it's `a`", Entreprise: "{{ . }}", Zone: ".*" }),
  ...names.flatMap((field) =>
    Object.entries(refusedLabels).map(([name, label]) =>
      refused(`label: ${field} with ${name}`, { [field]: label }, `${field} ${CODE}`),
    ),
  ),
  ...names.map((field) =>
    refused(
      `label: ${field} of 2049 bytes`,
      { [field]: `x${"é".repeat(1024)}` },
      `${field} is longer than 2048 bytes, the most that Loki takes for a label`,
    ),
  ),
];

const many = (name: string, field: string, accepted: number, reason: RegExp): Case =>
  whole(
    name,
    // Two more of the first, which go through although the file is full.
    (m) =>
      [
        ...Array.from({ length: 10_000 }, (_, index) => record(m, { [field]: `${field}-${index}` })),
        record(m, { [field]: `${field}-0` }),
        record(m, { [field]: `${field}-1` }),
      ].join("\n"),
    accepted + 2,
    { count: 10_000 - accepted, reason },
  );

const { maxSources, maxLabelSets } = config.producer;
/** Files that would bring more streams than Loki takes. */
export const explosions: readonly Case[] = [
  many(
    "explosion: 10 000 sources",
    "Source",
    maxSources,
    new RegExp(
      `^the file brings more than ${maxSources} sources; if they are meant, raise producer\\.maxSources in src/config\\.ts$`,
    ),
  ),
  many(
    "explosion: 10 000 zones",
    "Zone",
    maxLabelSets,
    new RegExp(
      `^the file brings more than ${maxLabelSets} sets of Entreprise, Zone and Source; if they are meant, raise producer\\.maxLabelSets in src/config\\.ts$`,
    ),
  ),
];
