import { expect, test } from "vitest";
import { normaliser } from "../../../src/producer/judging/normalise.ts";

const run = {
  Entreprise: "akonovia",
  Zone: "1-Raw",
  Source: "Efficy",
  Objet: "projects",
  Etat: "SUCCESS",
  Fin: "05-09-2025 16:45:27.089917",
};
const line = (raw: object, load?: string) => {
  const normalised = normaliser("UTC", load)(Buffer.from(JSON.stringify({ ...run, ...raw })));
  return "line" in normalised ? normalised.line : normalised.reason;
};
const START = '{"etat":"SUCCESS","source":"Efficy","entreprise":"akonovia","zone":"1-Raw","objet":"projects"';
const FIN = '"fin":"2025-09-05T16:45:27.089917Z"';

// What JSON says of each, written by hand.
test.each<[string, object, string]>([
  ["nothing more", {}, `${START},${FIN}}`],
  ["an absent text", { Description: "  " }, `${START},${FIN}}`],
  ["letters of every width", { Description: "réussi €😀" }, `${START},${FIN},"description":"réussi €😀"}`],
  ["quotes", { Description: 'dit "non"' }, `${START},${FIN},"description":"dit \\"non\\""}`],
  ["a backslash", { Description: "a\\b" }, `${START},${FIN},"description":"a\\\\b"}`],
  ["a line end", { Description: "a\nb" }, `${START},${FIN},"description":"a\\nb"}`],
  ["an object", { Parametres: { page: "1" } }, `${START},"parametres":"{\\"page\\":\\"1\\"}",${FIN}}`],
  ["a list", { Parametres: ["é"] }, `${START},"parametres":"[\\"é\\"]",${FIN}}`],
  ["braces in a text", { Parametres: "{a}[b]" }, `${START},"parametres":"{a}[b]",${FIN}}`],
  ["true", { Parametres: true }, `${START},"parametres":"true",${FIN}}`],
  ["a large number as text", { Parametres: 1e21 }, `${START},"parametres":"1e+21",${FIN}}`],
  [
    "numbers",
    { Objet_Id: -0, "Duree secondes": 1e-7, "memory_used (bytes)": "5e21" },
    `${START},"objet_id":0,${FIN},"duree_s":1e-7,"memoire_octets":5e+21}`,
  ],
  ["half a character", { Description: "a\ud800" }, `${START},${FIN},"description":"a\ufffd"}`],
])("a line with %s is JSON", (_, raw, expected) => {
  expect(line(raw)).toBe(expected);
  expect(() => JSON.parse(line(raw))).not.toThrow();
});

test("so is one of a load whose name needs an escape", () => {
  expect(line({}, "a\\b")).toBe(`${START},${FIN},"lot":"a\\\\b-2025-09-05"}`);
});
