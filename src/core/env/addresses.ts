const HOST_AND_PORT = /^(?:\[[\da-f:.]+\]|[^\s:/@[\]]+):(\d{1,5})$/i;
const LABEL = "[a-z\\d](?:[a-z\\d-]*[a-z\\d])?";
const LOCAL = '[^\\s@<>()\\[\\],;:\\\\"]+';
const RECIPIENT = new RegExp(`^${LOCAL}@${LABEL}(?:\\.${LABEL})*$`, "i");
const SENDER = new RegExp(`^${LOCAL}@${LABEL}(?:\\.${LABEL})+$`, "i");

export const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

/** `host:port` of a server, an IPv6 address in brackets. */
export const isServer = (text: string): boolean => isPort(HOST_AND_PORT.exec(text)?.[1] ?? "");

/** Several servers with commas between; blanks and empty ones are passed over. */
export const serversIn = (text: string): string[] =>
  text
    .split(",")
    .map((server) => server.trim())
    .filter((server) => server !== "");

/** An absolute http or https address. */
export const isWeb = (text: string): boolean => /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);

/** Where to listen, of `host:port`; port 0 is any free one. `undefined` for what says neither. */
export function listening(text: string): { host: string; port: number } | undefined {
  const [, host = "", port = ""] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === "" || Number(port) > 65_535) return undefined;
  return { host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
}

/** A mail address that Grafana takes as a sender: its domain has a dot. */
export const isSender = (text: string): boolean => SENDER.test(text);
/** One mail address, or several with commas or semicolons between. */
export const areRecipients = (text: string): boolean =>
  text.split(/[,;]/).every((address) => RECIPIENT.test(address.trim()));
