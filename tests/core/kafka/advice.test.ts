import { expect, test } from "vitest";
import { securityAdvice } from "../../../src/core/kafka/advice.ts";

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
