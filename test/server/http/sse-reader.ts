import { type ClientRequest, type IncomingMessage, request } from 'node:http';

export interface SseRequest {
  /** A TCP port of this machine, or the path of a Unix socket. */
  readonly port: number | string;
  readonly path: string;
  readonly headers?: Record<string, string>;
}

export interface SseEvent {
  readonly id: number;
  readonly data: { readonly type: string; readonly seq: number };
}

/** An event stream as it comes over the wire. */
export class SseReader {
  readonly response: IncomingMessage;
  readonly #request: ClientRequest;
  #text = '';
  /** Whether the server has ended the stream, well or not. */
  ended = false;

  constructor(call: ClientRequest, response: IncomingMessage) {
    this.#request = call;
    this.response = response;
    response.on('close', () => {
      this.ended = true;
    });
    response.on('error', () => undefined);
  }

  static open({ port, path, headers = {} }: SseRequest): Promise<SseReader> {
    return new Promise((resolve, reject) => {
      const accept = { accept: 'text/event-stream', ...headers };
      const target = typeof port === 'string' ? { socketPath: port } : { host: '127.0.0.1', port };
      const call = request({ ...target, path, headers: accept, agent: false }, (response) =>
        resolve(new SseReader(call, response)),
      );
      call.on('error', reject);
      call.end();
    });
  }

  /** Begins to read; before that the connection fills up. */
  read(): this {
    this.response.setEncoding('utf8').on('data', (chunk: string) => {
      this.#text += chunk;
    });
    this.response.resume();
    return this;
  }

  /** Whole messages so far as they were sent, comments left out. */
  get blocks(): string[] {
    const blocks = this.#text.split('\n\n').slice(0, -1);
    return blocks.filter((block) => /^id: \d+\ndata: .*$/.test(block));
  }

  /** The same, read. */
  get events(): SseEvent[] {
    return this.blocks.map((block) => {
      const [id = '', data = ''] = block.split('\n');
      return { id: Number(id.slice('id: '.length)), data: JSON.parse(data.slice('data: '.length)) };
    });
  }

  get seqs(): number[] {
    return this.events.map(({ id }) => id);
  }

  get comments(): number {
    return this.#text.split('\n\n').filter((block) => block.startsWith(':')).length;
  }

  close(): void {
    this.#request.destroy();
  }
}
