import assert from 'node:assert/strict';
import { createScannerClient } from '@fast-scanner/client';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ScriptedServer } from './scripted-server.ts';

const TICKERS = ['AAPL', 'MSFT', 'GE', 'XOM', 'NONE1', 'JPM', 'NONE2', 'KO', 'PEP', 'NONE3', 'T', 'VZ'];

describe('a client whose connection is cut while it follows a market scan', () => {
  const folder = temporaryFolder();
  let server: RunningApp;

  afterEach(() => server.app.close());

  it('sees every event once and in order across a restart of the server', async () => {
    const config = { dataDir: folder.path, demoLatencyMs: 10 };
    server = await startApp(config);
    const proxy = await startTcpProxy(server.port);
    const client = createScannerClient({ url: proxy.url });
    const request = { strategy: 'sma_cross', tickers: TICKERS, start_date: '2024-01-02' };
    const scan = await client.marketScans.start(request);
    const seen: string[] = [];
    for await (const { seq, type } of scan.events()) {
      seen.push(`${seq} ${type}`);
      if (seq !== 2) continue;
      proxy.cut();
      await server.app.close();
      server = await startApp(config);
      proxy.target(server.port);
    }
    const stored: string[] = [];
    for await (const { seq, type } of createScannerClient({ url: server.url }).marketScans.events(scan.jobId))
      stored.push(`${seq} ${type}`);
    assert.deepEqual(seen, stored);
    assert.equal(seen.filter((event) => event.endsWith(' error')).length, 3);
    assert.deepEqual(
      seen.map((event) => Number.parseInt(event, 10)),
      seen.map((_, index) => index + 1),
    );
    assert.equal((await scan.result()).successful, TICKERS.length - 3);
    client.close();
    await proxy.close();
  });
});

describe('the market scans of the client against a server that', () => {
  const JOB = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
  const OTHER = '2c5f39cb-3fb2-42e3-894a-1127e4ddb538';
  const ends = ['complete', 'sweepComplete', 'cancelled', 'failed'] as const;

  for (const end of ends) {
    it(`has trimmed the log and tells of other jobs gives what is left of this one, up to ${end}`, async () => {
      const server = await ScriptedServer.listen(
        () => undefined,
        ({ request, socket, answer }) => {
          assert.deepEqual(request, { jobId: JOB, afterSeq: 0 });
          answer({ firstSeq: 4, lastSeq: 6 });
          socket.emit('reset', { jobId: JOB, firstSeq: 4, snapshot: null });
          for (const [name, seq] of [['progress', 4] as const, ['error', 5] as const, [end, 6] as const]) {
            socket.emit(name, { seq: seq - 3, job_id: OTHER });
            socket.emit(name, { seq, job_id: JOB });
          }
        },
      );
      const client = createScannerClient({ url: server.url });
      const seen: string[] = [];
      for await (const { seq, type } of client.marketScans.events(JOB)) seen.push(`${seq} ${type}`);
      assert.deepEqual(seen, ['4 progress', '5 error', `6 ${end}`]);
      assert.equal(client.connectionState, 'idle');
      await server.close();
    });
  }
});
