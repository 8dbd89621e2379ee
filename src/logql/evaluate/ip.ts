import { BlockList, isIP } from "node:net";

/** A test of one address, for `192.168.0.1`, `10.0.0.0/8`, `10.0.0.1-10.0.0.9` and the same of version 6. */
function addressTest(pattern: string): (address: string) => boolean {
  const list = new BlockList();
  const kind = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");
  const [from, to, ...more] = pattern.split("-");
  const [net, prefix] = pattern.split("/");
  try {
    if (to !== undefined && more.length === 0 && isIP(from!) !== 0 && isIP(from!) === isIP(to))
      list.addRange(from!, to, kind(from!));
    else if (prefix !== undefined && /^\d+$/.test(prefix) && isIP(net!) !== 0)
      list.addSubnet(net!, Number(prefix), kind(net!));
    else if (isIP(pattern) !== 0) list.addAddress(pattern, kind(pattern));
    else throw new Error("no address");
  } catch (cause) {
    throw new Error(`ip: invalid pattern: ${JSON.stringify(pattern)}`, { cause });
  }
  return (address) => isIP(address) !== 0 && list.check(address, kind(address));
}

const candidates = /[0-9A-Fa-f:.]*[.:][0-9A-Fa-f:.]*/g;

/** A test whether a line holds a fitting address anywhere. */
export function addressInLine(pattern: string): (line: string) => boolean {
  const test = addressTest(pattern);
  return (line) => {
    for (const [candidate] of line.matchAll(candidates)) {
      const trimmed = candidate.replace(/^[.]+|[.]+$/g, "");
      if (test(trimmed) || test(trimmed.replace(/:\d*$/, ""))) return true;
    }
    return false;
  };
}
