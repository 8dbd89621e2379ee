import { describe, expect, test } from "vitest";
import { TemplateError, TemplateSyntaxError } from "../../../src/logql/template/errors.ts";
import { compileLineTemplate } from "../../../src/logql/template/logql.ts";

type Labels = Readonly<Record<string, string>>;
const LINE = "level=info method=GET path=/api/users status=200 duration=120ms size=12KB";
const LABELS: Labels = {
  level: "error",
  method: "GET",
  status: "200",
  path: "/api/users/7",
  ms: "3",
  body: '{"a":{"b":[1,2.5]},"c":null}',
  é: "oui",
};

const render = (text: string, labels: Labels = LABELS): string =>
  compileLineTemplate(text)((name) => labels[name], {
    line: LINE,
    nanoseconds: () => 1_795_759_200_123_456_789n,
    names: () => Object.keys(labels),
  });

describe("as Loki answered", () => {
  test.each([
    ["{{.method}} {{.status}}", "GET 200"],
    ['{{ .method | lower }}-{{ .nothere | default "none" }}', "get-none"],
    ["{{.level | upper}}!", "ERROR!"],
    ['{{ if eq .level "error" }}bad{{ else }}good{{ end }}', "bad"],
    ["{{ trunc 3 .path }}", "/ap"],
    ['{{ Replace .path "/" "_" -1 }}', "_api_users_7"],
    ["{{ .nothere }}", ""],
    ["{{ __line__ | trunc 10 }}", "level=info"],
    ['{{ printf "%s:%s" .method .status }}', "GET:200"],
    ['{{ regexReplaceAll "[0-9]+" .path "N" }}', "/api/users/N"],
    ["{{.q}} took {{.ms}}ms", " took 3ms"],
  ])("%s", (text, expected) => expect(render(text)).toBe(expected));

  test("refuses what Go's parser refuses, in its words", () => {
    expect(() => compileLineTemplate("{{.x")).toThrow(new TemplateSyntaxError("template: line:1: unclosed action"));
    expect(() => compileLineTemplate("{{ nofunc }}")).toThrow(
      new TemplateSyntaxError('template: line:1: function "nofunc" not defined'),
    );
    expect(() => compileLineTemplate("{{ nofunc }}", "label")).toThrow(
      'template: label:1: function "nofunc" not defined',
    );
  });
});

describe("texts", () => {
  test.each([
    ['{{ ToUpper "été" }} {{ ToLower "ÉTÉ" }}', "ÉTÉ été"],
    ['{{ Trim "--a-b--" "-" }}|{{ TrimLeft "xya" "yx" }}|{{ TrimRight "axy" "yx" }}', "a-b|a|a"],
    ['{{ TrimPrefix "abc" "ab" }}|{{ TrimSuffix "abc" "bc" }}|{{ TrimSpace " a " }}', "c|a|a"],
    ['{{ title "hello wide_world of-go" }}', "Hello Wide_world Of-Go"],
    ['{{ trunc -2 "héé" }}|{{ substr 1 3 "héhé" }}|{{ substr 2 -1 "abcd" }}', "éé|éh|cd"],
    ['{{ "a b" | replace " " "_" }}|{{ trimAll "$" "$5.00$" }}', "a_b|5.00"],
    [
      '{{ alignLeft 5 "hi" }}|{{ alignRight 5 "hi" }}|{{ alignLeft 1 "hi" }}|{{ alignRight 1 "hi" }}',
      "hi   |   hi|h|i",
    ],
    ['{{ indent 2 "a\\nb" }}{{ nindent 1 "c" }}', "  a\n  b\n c"],
    [
      '{{ repeat 3 "ab" }}{{ contains "b" "abc" }}{{ hasPrefix "a" "abc" }}{{ hasSuffix "a" "abc" }}',
      "abababtruetruefalse",
    ],
    ['{{ regexReplaceAll "(a*)bc" "aabc" "$1-x" }}|{{ regexReplaceAllLiteral "a" "banana" "$1" }}', "aa-x|b$1n$1n$1"],
    ['{{ count "a|an" "banana" }} {{ urlencode "a b/é" }} {{ urldecode "a+b%2F" }}', "3 a+b%2F%C3%A9 a b/"],
    ['{{ b64enc "hello" }} {{ b64dec "aGVsbG8=" }}', "aGVsbG8= hello"],
    ["{{ (fromJson .body).a.b }} {{ index (fromJson .body).a.b 1 }}", "[1 2.5] 2.5"],
    ["{{ range $k, $v := fromJson .body }}{{ $k }};{{ end }}", "a;c;"],
    ["{{ range $k, $v := . }}{{ $k }} {{ end }}", "body level method ms path status é "],
    ["{{ .é }}", "oui"],
  ])("%s", (text, expected) => expect(render(text)).toBe(expected));
});

describe("numbers", () => {
  test.each([
    [
      "{{ add 1 2 3 }} {{ add .ms .status }} {{ sub 5 7 }} {{ mul 2 3 4 }} {{ div 7 2 }} {{ mod 7 3 }}",
      "6 203 -2 24 3 1",
    ],
    ["{{ addf 0.1 0.2 }} {{ subf 5.5 1.5 2 }} {{ mulf 1.1 3 }} {{ divf 1 3 }}", "0.3 2 3.3 0.3333333333333333"],
    ['{{ max 1 7 "3" }} {{ min 1 7 }} {{ maxf 1 2.5 }} {{ minf 1.5 2 }}', "7 1 2.5 1.5"],
    ["{{ ceil 1.2 }} {{ floor 1.8 }} {{ round 123.5555 3 }} {{ round 2.5 0 }}", "2 1 123.556 3"],
    ['{{ int "12" }} {{ int 1.9 }} {{ int "x" }} {{ float64 "1.5" }} {{ float64 "x" }}', "12 1 0 1.5 0"],
    [
      '{{ bytes "2KB" }} {{ bytes "1.5KiB" }} {{ duration "1h30m" }} {{ duration_seconds "120ms" }}',
      "2000 1536 5400 0.12",
    ],
    ['{{ printf "%d" 1.5 }} {{ printf "%.2f" 3.14159 }} {{ printf "%d" (len .path) }}', "%!d(float64=1.5) 3.14 12"],
    ["{{ 0 | default 5 }} {{ if gt (len .path) 3 }}long{{ end }}", "5 long"],
  ])("%s", (text, expected) => expect(render(text)).toBe(expected));
});

describe("times", () => {
  test.each([
    ["{{ __timestamp__ }}", "2026-11-27 06:00:00.123456789 +0000 UTC"],
    ['{{ __timestamp__ | date "2006-01-02T15:04:05.000Z07:00" }}', "2026-11-27T06:00:00.123Z"],
    [
      "{{ __timestamp__ | unixEpoch }} {{ __timestamp__ | unixEpochMillis }} {{ __timestamp__ | unixEpochNanos }}",
      "1795759200 1795759200123 1795759200123456789",
    ],
    ['{{ toDate "2006-01-02" "2021-11-02" | unixEpoch }}', "1635811200"],
    [
      '{{ toDateInZone "2006-01-02 15:04" "Europe/Paris" "2021-07-02 12:00" | date "15:04 MST -0700" }}',
      "12:00 CEST +0200",
    ],
    ['{{ unixToTime "1679577215" | date "02 Jan 06 15:04:05 Mon" }}', "23 Mar 23 13:13:35 Thu"],
    ['{{ unixToTime "1679577215000" | date "2006-01-02" }}', "2023-03-23"],
  ])("%s", (text, expected) => expect(render(text)).toBe(expected));
});

describe("errors of a run", () => {
  test.each([
    ["{{ .path.b }}", 'template: line:1:8: executing "line" at <.path.b>: can\'t evaluate field b in type string'],
    [
      "{{ div 1 0 }}",
      'template: line:1:3: executing "line" at <div 1 0>: error calling div: runtime error: integer divide by zero',
    ],
    [
      "{{ trunc (add 1 2) .path }}",
      'template: line:1:16: executing "line" at <2>: wrong type for value; expected int; got int64',
    ],
    ["{{ lower }}", 'template: line:1:3: executing "line" at <lower>: wrong number of args for lower: want 1 got 0'],
  ])("%s", (text, message) => expect(() => render(text)).toThrow(new TemplateError(message)));
});

test("the labels that a template reads", () => {
  const labels = (text: string): readonly string[] | undefined => compileLineTemplate(text).labels;
  expect(labels("{{.a}} {{ if .b }}{{ $.c | lower }}{{ end }} {{ __line__ }}")).toEqual(["a", "b", "c"]);
  expect(labels("{{ with .a }}{{ .b }}{{ end }}{{ range fromJson .c }}{{ .d }}{{ end }}")).toEqual(["a", "c"]);
  expect(labels("{{ . }}")).toBeUndefined();
  expect(labels('{{ define "x" }}{{ .a }}{{ end }}{{ template "x" . }}')).toBeUndefined();
});
