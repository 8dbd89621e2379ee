import { expect, test } from "vitest";
import { takenOut } from "../../../../src/producer/inputs/s3/contents.ts";

const taken = (xml: string) => {
  const { objects, rest } = takenOut(Buffer.from(xml));
  return { objects, rest: rest.toString() };
};
const page = (contents: string) =>
  `<ListBucketResult><Name>b</Name>${contents}<IsTruncated>true</IsTruncated></ListBucketResult>`;

test("objects are taken out of a page, and the rest is left", () => {
  const first =
    "<Contents><Key>p/1.json</Key><LastModified>2026-11-27T10:00:00.000Z</LastModified><ETag>&quot;e1&quot;</ETag><Size>5000000000</Size><Owner><ID>7</ID></Owner><StorageClass>STANDARD</StorageClass></Contents>";
  const second = "<Contents>\n  <Key>p/2.json</Key>\n  <Size>0</Size>\n</Contents>";
  expect(taken(page(`${first}\n${second}<KeyCount>2</KeyCount>`))).toEqual({
    objects: [
      { Key: "p/1.json", ETag: '"e1"', Size: 5_000_000_000, LastModified: new Date(Date.UTC(2026, 10, 27, 10)) },
      { Key: "p/2.json", ETag: undefined, Size: 0, LastModified: undefined },
    ],
    rest: page("\n<KeyCount>2</KeyCount>"),
  });
});

test("a key is what XML escaped", () => {
  const keys = ["é 数 😀", "&amp;lt;", "&lt;a&gt;&quot;&apos;", "&#13;&#x1F600;&#233;&#00000038;", "&other;&#x110000;"];
  const { objects } = taken(page(keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("")));
  expect(objects.map(({ Key }) => Key)).toEqual(["é 数 😀", "&lt;", "<a>\"'", "\r😀é&", "&other;&#x110000;"]);
});

test.each([
  ["CDATA", "<Contents><Key><![CDATA[a]]></Key></Contents>"],
  ["a comment", "<Contents><!-- <Key>b</Key> --><Key>a</Key></Contents>"],
  ["line ends of two letters", "<Contents>\r\n<Key>a</Key></Contents>"],
  ["no key", "<Contents><Key>a</Key></Contents><Contents><Size>1</Size></Contents>"],
  ["a key with an attribute", '<Contents><Key a="b">a</Key></Contents>'],
  ["no end", "<Contents><Key>a</Key>"],
  ["no size", "<Contents><Key>a</Key><Size>many</Size></Contents>"],
  ["no time", "<Contents><Key>a</Key><LastModified>today</LastModified></Contents>"],
])("a page with what is not plain stays whole: %s", (_, contents) => {
  expect(taken(page(contents))).toEqual({ objects: [], rest: page(contents) });
});
