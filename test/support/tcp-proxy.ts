import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut. */
export interface TcpProxy {
  readonly url: string;
  /** Bytes that came back from the server so far. */
  readonly bytesDown: number;
  /** Cuts every open connection; new ones are let through. */
  cut(): void;
  /** Sends new connections to another port. */
  target(port: number): void;
  close(): Promise<void>;
}

/** Forwards a free loopback port to another one. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let port = targetPort;
  let bytesDown = 0;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    far.on('data', (chunk) => {
      bytesDown += chunk.length;
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: ownPort } = server.address() as AddressInfo; // a TCP server's address
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${ownPort}`,
    get bytesDown() {
      return bytesDown;
    },
    cut,
    target: (other) => {
      port = other;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
