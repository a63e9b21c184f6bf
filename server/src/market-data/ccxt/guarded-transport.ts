import { STATUS_CODES } from 'node:http';
import {
  type BrotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type Gunzip,
} from 'node:zlib';
import { ScannerError } from '@fast-scanner/shared';
import type { CcxtExchange, TransportRequest, TransportResponse, UndiciResponse } from './ccxt-exchange.ts';

/** Answers larger than this are not read to their end. */
const BODY_CAP_BYTES = 10_000_000;

type Send = NonNullable<CcxtExchange['undiciModule']>['request'];

/**
 * Sends a request and reads its whole answer under the request's signal, so that one deadline covers connecting, a hang and
 * a slow drip alike. Web pages and oversized bodies are given up early, which destroys their socket.
 *
 * @throws ScannerError `exchange_bad_response`
 */
export async function sendGuarded(
  send: Send,
  url: string,
  request: TransportRequest,
): Promise<TransportResponse> {
  const headers = { 'Accept-Encoding': 'gzip, deflate, br', ...request.headers };
  const response = await send(url, { ...request, headers });
  // A body that is destroyed emits an error of its own, which nobody else may be listening for.
  response.body.on('error', () => undefined);
  const refusal = refusalOf(response);
  if (refusal) {
    response.body.destroy();
    throw new ScannerError('exchange_bad_response', refusal);
  }
  const body = await readBody(response);
  return {
    status: response.statusCode,
    statusText: STATUS_CODES[response.statusCode] ?? '',
    headers: response.headers,
    text: async () => body,
  };
}

function refusalOf({ statusCode, headers }: UndiciResponse): string | null {
  if (statusCode >= 300 && statusCode < 400) return `redirects (HTTP ${statusCode}), which is not followed`;
  const isPage = String(headers['content-type'] ?? '').startsWith('text/html');
  if (statusCode < 300 && isPage) return 'sent a web page instead of data';
  return null;
}

async function readBody(response: UndiciResponse): Promise<string> {
  const decompressor = decompressorFor(String(response.headers['content-encoding'] ?? ''));
  if (!decompressor) return collect(response.body);
  // A cut connection must fail the reader, which listens to the decompressor only.
  response.body.on('error', (error: Error) => decompressor.destroy(error));
  try {
    return await collect(response.body.pipe(decompressor));
  } finally {
    response.body.destroy();
  }
}

function decompressorFor(encoding: string): Gunzip | BrotliDecompress | null {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      return null;
  }
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > BODY_CAP_BYTES) {
      throw new ScannerError('exchange_bad_response', `sent more than ${BODY_CAP_BYTES / 1e6} MB`);
    }
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
