import { type IncomingHttpHeaders, request } from 'node:http';

export interface RawRequest {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly durationMs: number;
}

/** One HTTP request as written: unlike `fetch` it sends any path and any header. */
export function rawRequest({
  port,
  path,
  method = 'GET',
  headers = {},
  body,
}: RawRequest): Promise<RawAnswer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, agent: false };
    // So that an answer that closes the connection shows.
    const call = request({ ...options, headers: { connection: 'keep-alive', ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
          durationMs: performance.now() - startedAt,
        }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}

export function sendJson(port: number, path: string, body: unknown, method = 'POST'): Promise<RawAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return rawRequest({ port, path, method, headers: { 'content-type': 'application/json' }, body: text });
}
