import { WebSocket } from 'ws';

export interface RawSocketOptions {
  readonly port: number;
  readonly headers?: Record<string, string>;
}

/** Socket.IO by hand over ws: it can stop reading, and send what no client would. */
export class RawSocket {
  readonly ws: WebSocket;
  readonly messages: string[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;

  constructor({ port, headers = {} }: RawSocketOptions) {
    this.ws = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, { headers });
    this.ws.on('message', (data) => {
      const text = String(data);
      this.messages.push(text);
      if (text.startsWith('0')) this.ws.send('40');
      if (text === '2') this.ws.send('3');
    });
    this.ws.on('error', () => undefined);
    this.ws.setMaxListeners(0); // one per message waited for
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  /** Connected to the namespace. */
  static async connect(options: RawSocketOptions): Promise<RawSocket> {
    const socket = new RawSocket(options);
    await socket.next((text) => text.startsWith('40'));
    return socket;
  }

  /** Sends an event and waits for its acknowledgement. */
  async request(id: number, ...event: unknown[]): Promise<unknown> {
    this.ws.send(`42${id}${JSON.stringify(event)}`);
    const answer = await this.next((text) => text.startsWith(`43${id}`));
    return JSON.parse(answer.slice(`43${id}`.length))[0];
  }

  /** The first message, past or future, that matches. */
  next(matches: (text: string) => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.messages.find(matches);
        if (found === undefined) return;
        this.ws.off('message', look);
        resolve(found);
      };
      this.ws.on('message', look);
      this.ws.once('close', () => reject(new Error('closed before the message came')));
      look();
    });
  }

  get seqs(): number[] {
    return this.messages
      .filter((text) => text.startsWith('42'))
      .map((text) => JSON.parse(text.slice(2))[1].seq);
  }
}
