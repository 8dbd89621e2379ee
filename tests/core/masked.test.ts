import { expect, test } from "vitest";
import { masked, maskedSetting } from "../../src/core/masked.ts";

test.each([
  ["http://me:geheim@loki:3100/x?y=1", "http://…@loki:3100/x?y=1"],
  ["Loki at https://geheim@loki refused (http://me:geheim@loki).", "Loki at https://…@loki refused (http://…@loki)."],
  ["http://me:ge@he/im?#geheim@loki", "http://…@loki"],
  ["HTTP://me:geheim@loki,http://other", "HTTP://…@loki,http://other"],
  ['{"loki":"http://me:geheim@loki","by":"a@b"}', '{"loki":"http://…@loki","by":"a@b"}'],
  ["s3://key:geheim@bucket/mail@home.json", "s3://…@bucket/mail@home.json"],
  ["s3://bucket/mail@home.json and a@b", "s3://bucket/mail@home.json and a@b"],
  ["file:///tmp/a@b.json", "file:///tmp/a@b.json"],
  ["http://loki:3100", "http://loki:3100"],
  ["a@b", "a@b"],
])("%s", (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each([
  ["me:geheim@kafka:9092", "…@kafka:9092"],
  ["me:geheim@a:9092,b:9092,you:geheim@c:9092", "…@a:9092,b:9092,…@c:9092"],
  ["http://me:geheim@loki", "http://…@loki"],
  ["loki:3100", "loki:3100"],
])("a setting %s", (text, expected) => {
  expect(maskedSetting(text)).toBe(expected);
});
