import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookPayloadSchema } from '@fast-scanner/shared';

export interface ReceivedDelivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What it is about: the symbol of an alert, else the type. */
  readonly about: string;
}

/** How a delivery is answered: a status, or by hand. */
export type Answer = number | ((response: ServerResponse, request: IncomingMessage) => void);

/** Takes deliveries on loopback and answers them as told. */
export class WebhookReceiver {
  readonly url: string;
  readonly received: ReceivedDelivery[] = [];
  /** The answers that come next; then `always`. */
  next: Answer[] = [];
  always: Answer = 204;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    const { port } = server.address() as AddressInfo; // a TCP server's address
    this.url = `http://127.0.0.1:${port}/hook`;
  }

  static async open(): Promise<WebhookReceiver> {
    const server = createServer((request, response) => void receiver.#take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new WebhookReceiver(server);
    return receiver;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** What the deliveries were about, in their order. */
  get abouts(): string[] {
    return this.received.map(({ about }) => about);
  }

  /** Forgets what was received and how to answer. */
  reset(): void {
    this.received.length = 0;
    this.next = [];
    this.always = 204;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const payload = webhookPayloadSchema.parse(JSON.parse(body));
    const about = payload.type === 'alert' ? payload.alert.symbol : payload.type;
    this.received.push({ headers: request.headers, body, about });
    const answer = this.next.shift() ?? this.always;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else answer(response, request);
  }
}
