import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SubscribeInput } from '@fast-scanner/shared';
import { Server, type Socket } from 'socket.io';

/** One `subscribe` of a client. */
export interface ScriptedCall {
  /** The first is 1. */
  readonly call: number;
  readonly request: SubscribeInput;
  readonly socket: Socket;
  /** Answers it; what is left out says that the log has everything from 1 to 9 and goes on. */
  answer(answer?: object): void;
}

/** Something that answers in place of the server, to bring about what the server does only in bad moments. */
export class ScriptedServer {
  readonly url: string;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async listen(
    onRequest: RequestListener,
    onSubscribe?: (call: ScriptedCall) => void,
  ): Promise<ScriptedServer> {
    const server = createServer(onRequest);
    const io = onSubscribe ? openSocket(new Server(server), onSubscribe) : null;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a TCP server's address
    return new ScriptedServer(`http://127.0.0.1:${port}`, async () => {
      await io?.close();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    });
  }

  close(): Promise<void> {
    return this.#close();
  }
}

function openSocket(io: Server, onSubscribe: (call: ScriptedCall) => void): Server {
  let call = 0;
  io.on('connection', (socket) => {
    socket.on('subscribe', (request: SubscribeInput, ack: (answer: object) => void) => {
      call += 1;
      const answer = (changes: object = {}) =>
        ack({ ok: true, data: { firstSeq: 1, lastSeq: 9, snapshot: null, terminal: false, ...changes } });
      onSubscribe({ call, request, socket, answer });
    });
  });
  return io;
}
