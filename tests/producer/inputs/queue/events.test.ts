import { expect, test } from "vitest";
import { announcementOf } from "../../../../src/producer/inputs/queue/events.ts";

/** An event as S3 sends it to a queue, in the documented form (version 2.1). */
const record = (eventName: string, key: string) => ({
  eventVersion: "2.1",
  eventSource: "aws:s3",
  awsRegion: "ca-central-1",
  eventTime: "2026-11-27T10:00:00.000Z",
  eventName,
  userIdentity: { principalId: "AWS:AIDA" },
  requestParameters: { sourceIPAddress: "127.0.0.1" },
  responseElements: { "x-amz-request-id": "C3D1" },
  s3: {
    s3SchemaVersion: "1.0",
    configurationId: "logs",
    bucket: { name: "my12data", ownerIdentity: { principalId: "A3" }, arn: "arn:aws:s3:::my12data" },
    object: { key, size: 1024, eTag: "d41d8cd98f00b204e9800998ecf8427e", sequencer: "0055AED6DCD90281E5" },
  },
});
const event = (...records: object[]) => JSON.stringify({ Records: records });
const LOGS = { bucket: "my12data", key: "logs.json" };

test.each<[string, string, readonly object[]]>([
  ["an object that was put", event(record("ObjectCreated:Put", "logs.json")), [LOGS]],
  [
    "one in parts, and a copy",
    event(record("ObjectCreated:CompleteMultipartUpload", "logs.json"), record("ObjectCreated:Copy", "a")),
    [LOGS, { ...LOGS, key: "a" }],
  ],
  [
    "a key with blanks, a plus and letters",
    event(record("ObjectCreated:Put", "a+b%2Bc/%C3%A9t%C3%A9.json")),
    [{ ...LOGS, key: "a b+c/été.json" }],
  ],
  ["an object that was removed", event(record("ObjectRemoved:Delete", "logs.json")), []],
  ["a folder", event(record("ObjectCreated:Put", "logs/")), []],
  [
    "the test event of a new notification",
    '{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-27T10:00:00.000Z","Bucket":"my12data","RequestId":"1","HostId":"2"}',
    [],
  ],
  [
    "the same through SNS",
    JSON.stringify({
      Type: "Notification",
      MessageId: "1",
      TopicArn: "arn",
      Message: event(record("ObjectCreated:Put", "logs.json")),
    }),
    [LOGS],
  ],
  [
    "the same through EventBridge, whose keys are plain",
    JSON.stringify({
      version: "0",
      source: "aws.s3",
      "detail-type": "Object Created",
      detail: { bucket: { name: "my12data" }, object: { key: "a+b.json" } },
    }),
    [{ ...LOGS, key: "a+b.json" }],
  ],
  [
    "a removal through EventBridge",
    JSON.stringify({
      source: "aws.s3",
      "detail-type": "Object Deleted",
      detail: { bucket: { name: "b" }, object: { key: "k" } },
    }),
    [],
  ],
])("%s", (_, body, objects) => expect(announcementOf(body)).toEqual({ objects }));

test.each<[string, string]>([
  ["bonjour", "it is no JSON"],
  ["{}", "it is no event of S3"],
  ["null", "it is no event of S3"],
  ['{"Records":[{"eventSource":"aws:sqs"}]}', "it is no event of S3"],
  [event(record("ObjectCreated:Put", "%E9")), 'its key "%E9" cannot be decoded'],
  [JSON.stringify({ Type: "Notification", Message: "bonjour" }), "it is no JSON"],
])("%s is told: %s", (body, fault) => expect(announcementOf(body)).toEqual({ fault }));
