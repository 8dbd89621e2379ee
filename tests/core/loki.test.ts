import { expect, test } from "vitest";
import { resultOf } from "../../src/core/loki.ts";

const loki = { url: "http://127.0.0.1:8080" };

test.each(["<html>hello</html>", "null", "{}", '{"data":{"result":{}}}'])("%s is no answer of Loki's", (text) => {
  expect(() => resultOf(loki, text)).toThrow(
    /^http:\/\/127\.0\.0\.1:8080 does not answer like a Loki; name another with --loki or LOKI_URL\.$/,
  );
});

test("the list of an answer", () => {
  expect(resultOf(loki, '{"data":{"result":[{"value":[1,"2"]}]}}')).toEqual([{ value: [1, "2"] }]);
});
