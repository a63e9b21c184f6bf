import assert from 'node:assert/strict';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createScannerClient, ScannerConnectionError } from '@fast-scanner/client';
import { Server, type Socket } from 'socket.io';

const SCAN = 'scan_scripted';

function eventOf(seq: number) {
  return {
    seq,
    scanId: SCAN,
    code: 'rate_limited',
    error: `event ${seq}`,
    timestamp: '2026-01-01T00:00:00.000Z',
  };
}

describe('the client against a server that', () => {
  let server: HttpServer;
  let io: Server | null;

  async function listen(handler: RequestListener): Promise<string> {
    server = createServer(handler);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a TCP server's address
    return `http://127.0.0.1:${port}`;
  }

  /** A server whose answer to the n-th `subscribe` is scripted. */
  async function listenWith(onSubscribe: (call: number, afterSeq: number, socket: Socket) => void) {
    const url = await listen((_, response) => response.end());
    let calls = 0;
    io = new Server(server);
    io.on('connection', (socket) => {
      socket.on('subscribe', ({ afterSeq }: { afterSeq: number }, ack: (answer: object) => void) => {
        ack({ ok: true, data: { firstSeq: 1, lastSeq: 9, snapshot: null, terminal: false } });
        calls += 1;
        onSubscribe(calls, afterSeq, socket);
      });
    });
    return url;
  }

  beforeEach(() => {
    io = null;
  });
  afterEach(async () => {
    await io?.close();
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  });

  it('leaves a hole is asked once for what is missing', async () => {
    const asked: number[] = [];
    const url = await listenWith((call, afterSeq, socket) => {
      asked.push(afterSeq);
      const seqs = call === 1 ? [1, 2, 5, 6, 7, 8] : [3, 4, 5, 6, 7, 8];
      for (const seq of seqs) socket.emit('scanError', eventOf(seq));
      if (call > 1) socket.emit('deepAnalysisComplete', { ...eventOf(9), status: 'completed' });
    });
    const client = createScannerClient({ url });
    const seen: number[] = [];
    for await (const { seq } of client.scan(SCAN).events()) seen.push(seq);
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(asked, [0, 2]);
    client.close();
  });

  it('ends the connection is asked for the rest on a new one', async () => {
    const asked: number[] = [];
    const url = await listenWith((call, afterSeq, socket) => {
      asked.push(afterSeq);
      if (call === 1) {
        socket.emit('scanError', eventOf(1));
        socket.disconnect(true);
      } else socket.emit('deepAnalysisComplete', { ...eventOf(2), status: 'completed' });
    });
    const client = createScannerClient({ url });
    const seen: number[] = [];
    for await (const { seq } of client.scan(SCAN).events()) seen.push(seq);
    assert.deepEqual(
      [seen, asked],
      [
        [1, 2],
        [0, 1],
      ],
    );
    client.close();
  });

  it('is no Fast Scanner is asked once', async () => {
    let asked = 0;
    const url = await listen((_, response) => {
      asked += 1;
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
    });
    await assert.rejects(createScannerClient({ url }).status(), (error: Error) => {
      assert.ok(error instanceof ScannerConnectionError);
      assert.match(error.message, /answered 404 without JSON/);
      return true;
    });
    assert.equal(asked, 1);
  });

  it('stands behind a gateway is asked again, with the same key', async () => {
    const keys: unknown[] = [];
    const url = await listen((request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length === 1) response.writeHead(502).end('<h1>Bad Gateway</h1>');
      else response.end(JSON.stringify({ scanId: SCAN, signals: [] }));
    });
    const { scanId } = await createScannerClient({ url }).quickScan();
    assert.equal(scanId, SCAN);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });
});
