import { detail } from "../errors.ts";
import { innermost, isUnreachable } from "./errors.ts";
import type { KafkaSettings } from "./settings.ts";

type Cause = Readonly<{ name?: string; message?: string; code?: string }>;

/** What to do about a refused or failed connection whose innermost cause shows a fault in the security settings. */
export function securityAdvice(
  { name = "", message = "", code = "" }: Cause,
  { ssl, sasl }: KafkaSettings,
): string | undefined {
  const fault = `${code} ${message}`;
  if (/SASL/.test(name) || /SASL|authentication failed/i.test(message))
    return sasl
      ? "check KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM"
      : "the listener asks for SASL; set KAFKA_SECURITY_PROTOCOL";
  if (/ALTNAME|does not match certificate/i.test(fault))
    return "name the broker in KAFKA_BROKERS as its certificate does";
  if (/alert.*certificate|certificate required/i.test(fault))
    return "the broker asks for a client certificate; set KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE";
  if (/HAS_EXPIRED|certificate has expired/i.test(fault))
    return "the broker's certificate has expired: renew it there, or mend this machine's clock";
  if (/NOT_YET_VALID|not yet valid/i.test(fault))
    return "the broker's certificate is not valid yet: mend this machine's clock, or the certificate";
  if (/self[- ]signed|issuer|UNABLE_TO_VERIFY|CERT_/i.test(fault))
    return "set KAFKA_SSL_CA_FILE to the certificate of the authority that signed the broker's";
  if (ssl && /wrong version number|packet length|EPROTO|secure TLS connection was established/i.test(fault))
    return "that port does not speak TLS; check KAFKA_SECURITY_PROTOCOL and the port";
  if (!ssl && /ConnectionClosed/.test(name))
    return "that port may speak TLS or SASL; check KAFKA_SECURITY_PROTOCOL and the port";
  return undefined;
}

type Attempt = Readonly<{
  settings: KafkaSettings;
  connecting: boolean;
  /** What passes for a Kafka that is away, and what it then did. */
  isAway?: (cause: Error) => boolean;
  away?: string;
}>;

/** The sentence for what Kafka did not do. Once connected, a closed connection is a broker that went away. */
export function kafkaSentence(
  error: unknown,
  { settings, connecting, isAway = isUnreachable, away = "cannot be reached" }: Attempt,
): string {
  const cause = innermost(error);
  const says = detail(cause).replace(/^Connection error: /, "");
  const address = `Kafka at ${settings.brokers.join(", ")}`;
  const advice = connecting ? securityAdvice(cause, settings) : undefined;
  if (advice) return `${address} refused the connection (${says}); ${advice}.`;
  return isAway(cause)
    ? `${address} ${away} (${says}); start it with "npm start" or set KAFKA_BROKERS to its address.`
    : `${address} refused a request (${says}); check what its user may do, and its log.`;
}
