import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '@fast-scanner/shared';

/**
 * Every TCP connection of a server, upgraded ones included. `server.closeAllConnections()` does not know those, and a
 * client that reads nothing would keep `server.close()` waiting.
 */
export class OpenConnections {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Waits for `closed`, destroying what is still open after `graceMs`. */
  async destroyAfter(graceMs: number, closed: Promise<unknown>, clock: Clock): Promise<void> {
    const dispose = clock.schedule(graceMs, () => {
      for (const socket of this.#sockets) socket.destroy();
    });
    await closed.finally(dispose);
  }
}
