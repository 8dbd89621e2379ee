import { expect, test } from "vitest";
import { kafkaSentence, securityAdvice } from "../../../src/core/kafka/advice.ts";

const tls = { brokers: ["kafka:9093"], ssl: true };

test.each([
  [
    "CERT_HAS_EXPIRED",
    "certificate has expired",
    "the broker's certificate has expired: renew it there, or mend this machine's clock",
  ],
  [
    "CERT_NOT_YET_VALID",
    "certificate is not yet valid",
    "the broker's certificate is not valid yet: mend this machine's clock, or the certificate",
  ],
  [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "self-signed certificate",
    "set KAFKA_SSL_CA_FILE to the certificate of the authority that signed the broker's",
  ],
  [
    "CERT_UNTRUSTED",
    "certificate not trusted",
    "set KAFKA_SSL_CA_FILE to the certificate of the authority that signed the broker's",
  ],
])("%s", (code, message, advice) => {
  expect(securityAdvice({ name: "KafkaJSConnectionError", message: `Connection error: ${message}`, code }, tls)).toBe(
    advice,
  );
  // kafkajs keeps the message alone.
  expect(securityAdvice({ name: "KafkaJSConnectionError", message: `Connection error: ${message}` }, tls)).toBe(
    code === "CERT_UNTRUSTED" ? undefined : advice,
  );
});

test("a closed connection is of another protocol at first, and a broker that went away later", () => {
  const settings = { brokers: ["a:9092", "b:9092"] };
  const cause = Object.assign(new Error("Closed connection"), { name: "KafkaJSConnectionClosedError" });
  const error = new Error("gave up", { cause });
  expect([true, false].map((connecting) => kafkaSentence(error, { settings, connecting }))).toEqual([
    "Kafka at a:9092, b:9092 refused the connection (Closed connection); that port may speak TLS or SASL; check KAFKA_SECURITY_PROTOCOL and the port.",
    'Kafka at a:9092, b:9092 cannot be reached (Closed connection); start it with "npm start" or set KAFKA_BROKERS to its address.',
  ]);
  const refused = Object.assign(new Error("Not authorized to access topics"), { name: "KafkaJSProtocolError" });
  expect(kafkaSentence(refused, { settings, connecting: false })).toBe(
    "Kafka at a:9092, b:9092 refused a request (Not authorized to access topics); check what its user may do, and its log.",
  );
});
