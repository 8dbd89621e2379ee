import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut, as if the server had been killed, and mended. */
export async function tcpProxy({ hostname, port }: URL) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
    }
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    async cut() {
      if (!server.listening) return;
      const closed = once(server.close(), "close");
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
    mend: () => once(server.listen(address.port, "127.0.0.1"), "listening"),
  };
}
