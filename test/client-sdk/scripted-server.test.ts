import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createScannerClient, ScannerConnectionError } from '@fast-scanner/client';
import { type ScriptedCall, ScriptedServer } from './scripted-server.ts';

const SCAN = 'scan_scripted';
const noAnswer = (_: unknown, response: ServerResponse) => response.end();

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
  let server: ScriptedServer;

  afterEach(() => server.close());

  it('leaves a hole is asked once for what is missing', async () => {
    const asked: ScriptedCall['request']['afterSeq'][] = [];
    server = await ScriptedServer.listen(noAnswer, ({ call, request, socket, answer }) => {
      answer();
      asked.push(request.afterSeq);
      const seqs = call === 1 ? [1, 2, 5, 6, 7, 8] : [3, 4, 5, 6, 7, 8];
      for (const seq of seqs) socket.emit('scanError', eventOf(seq));
      if (call > 1) socket.emit('deepAnalysisComplete', { ...eventOf(9), status: 'completed' });
    });
    const client = createScannerClient({ url: server.url });
    const seen: number[] = [];
    for await (const { seq } of client.scan(SCAN).events()) seen.push(seq);
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(asked, [0, 2]);
    client.close();
  });

  it('ends the connection is asked for the rest on a new one', async () => {
    const asked: ScriptedCall['request']['afterSeq'][] = [];
    server = await ScriptedServer.listen(noAnswer, ({ call, request, socket, answer }) => {
      answer();
      asked.push(request.afterSeq);
      if (call === 1) {
        socket.emit('scanError', eventOf(1));
        socket.disconnect(true);
      } else socket.emit('deepAnalysisComplete', { ...eventOf(2), status: 'completed' });
    });
    const client = createScannerClient({ url: server.url });
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
    server = await ScriptedServer.listen((_, response) => {
      asked += 1;
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
    });
    await assert.rejects(createScannerClient({ url: server.url }).status(), (error: Error) => {
      assert.ok(error instanceof ScannerConnectionError);
      assert.match(error.message, /answered 404 without JSON/);
      return true;
    });
    assert.equal(asked, 1);
  });

  it('stands behind a gateway is asked again, with the same key', async () => {
    const keys: unknown[] = [];
    server = await ScriptedServer.listen((request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length === 1) response.writeHead(502).end('<h1>Bad Gateway</h1>');
      else response.end(JSON.stringify({ scanId: SCAN, signals: [] }));
    });
    const { scanId } = await createScannerClient({ url: server.url }).quickScan();
    assert.equal(scanId, SCAN);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });
});
