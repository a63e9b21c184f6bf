import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface JsonServer {
  readonly url: string;
  /** Path and query of every request, in order. */
  readonly requests: readonly string[];
  /** Path of every WebSocket opened, in order. */
  readonly sockets: readonly string[];
  /** Every JSON message a WebSocket sent, in order. */
  readonly messages: readonly unknown[];
  close(): Promise<void>;
}

/** What is sent back for a message, each as JSON. */
export type AnswerMessage = (message: unknown) => readonly unknown[];

/** A loopback server that answers GET requests with JSON, and messages over WebSockets. `answer` gets the URL; `undefined` is a 404. */
export async function startJsonServer(
  answer: (url: URL) => unknown,
  answerMessage: AnswerMessage = () => [],
): Promise<JsonServer> {
  const requests: string[] = [];
  const sockets: string[] = [];
  const messages: unknown[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://exchange');
    requests.push(`${url.pathname}${url.search}`);
    const body = answer(url);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  const upgrades = new WebSocketServer({ server });
  upgrades.on('connection', (socket, { url = '' }) => {
    sockets.push(url);
    socket.on('message', (data) => {
      const message: unknown = JSON.parse(String(data));
      messages.push(message);
      for (const reply of answerMessage(message)) socket.send(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    sockets,
    messages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of upgrades.clients) socket.terminate();
      }),
  };
}
