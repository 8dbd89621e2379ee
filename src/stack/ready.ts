import { connect } from "node:net";

/** Whether an address answers with a 2xx status within 2 s. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The first bytes that a port of this machine sends after `request`; empty when it says nothing within 2 s. */
export function tcpReply(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    const finish = (reply: string) => {
      socket.destroy();
      resolve(reply);
    };
    socket.setTimeout(2000, () => finish(""));
    socket.once("data", (data) => finish(data.toString("latin1")));
    socket.once("error", () => finish(""));
    socket.once("close", () => finish(""));
  });
}
