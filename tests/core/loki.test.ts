import { expect, test } from "vitest";
import { lokiNamed, resultOf } from "../../src/core/loki.ts";

const loki = { url: "http://127.0.0.1:8080" };

test.each(["<html>hello</html>", "null", "{}", '{"data":{"result":{}}}'])("%s is no answer of Loki's", (text) => {
  expect(() => resultOf(loki, text)).toThrow(
    /^http:\/\/127\.0\.0\.1:8080 does not answer like a Loki; name another with --loki or LOKI_URL\.$/,
  );
});

test("the list of an answer", () => {
  expect(resultOf(loki, '{"data":{"result":[{"value":[1,"2"]}]}}')).toEqual([{ value: [1, "2"] }]);
});

test.each(["", " http://127.0.0.1:3100", "http:127.0.0.1:3100", "http:///127.0.0.1:3100", "ftp://127.0.0.1", "loki"])(
  "%j is no address of a Loki",
  (text) => expect(() => lokiNamed(text)).toThrow(`Loki's address is "${text}"; write it as http://127.0.0.1:3100.`),
);
