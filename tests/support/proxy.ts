import { connect, createServer, type Server, type Socket } from "node:net";
import { Transform } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A way to a port of this machine that can be closed: open connections are reset and new ones refused, as when a
 * network or a firewall fails.
 */
export type Proxy = Readonly<{
  port: number;
  url: string;
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  close: () => Promise<void>;
}>;
type Options = Readonly<{
  to: number;
  /** The most that flows back to a client on each of its connections. */
  bytesPerSecond?: () => number;
}>;

export async function startProxy({ to, bytesPerSecond }: Options): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const destroy = () => {
    for (const socket of sockets) socket.destroy();
  };
  const tied = (one: Socket, other: Socket) => {
    sockets.add(one);
    one.setNoDelay(true).on("error", () => other.destroy());
    one.on("close", () => sockets.delete(one));
  };
  const join = (client: Socket) => {
    const server = connect(to, "127.0.0.1");
    tied(client, server);
    tied(server, client);
    client.on("close", () => server.destroy());
    client.pipe(server);
    // What the server sent before it closed still arrives, however slowly.
    if (bytesPerSecond) server.pipe(slowed(bytesPerSecond)).pipe(client);
    else server.pipe(client);
  };
  const listen = (port: number) => {
    const server = createServer(join);
    return new Promise<Server>((resolve, reject) =>
      server.once("error", reject).listen(port, "127.0.0.1", () => resolve(server)),
    );
  };
  let server: Server | undefined = await listen(0);
  const { port } = server.address() as { port: number };
  const cut = async () => {
    const closing = server;
    server = undefined;
    destroy();
    if (closing) await new Promise((closed) => closing.close(closed));
  };
  const mend = async () => {
    server ??= await listen(port);
  };
  return { port, url: `http://127.0.0.1:${port}`, cut, mend, close: cut };
}

/** Passes bytes on no faster than the rate. */
const slowed = (bytesPerSecond: () => number) =>
  new Transform({
    highWaterMark: 65_536,
    transform(chunk: Buffer, _, done) {
      sleep((1000 * chunk.length) / bytesPerSecond()).then(() => done(null, chunk));
    },
  });
