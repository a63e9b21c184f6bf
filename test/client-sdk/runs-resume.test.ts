import assert from 'node:assert/strict';
import {
  createScannerClient,
  type Run,
  type RunEvent,
  type RunUpdate,
  ScannerApiError,
} from '@fast-scanner/client';
import { eventually } from '../support/eventually.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'XRP/USDT', 'ADA/USDT', 'DOGE/USDT'];

/** What an uncut reader of the stored log sees. */
async function storedSeqs(url: string, { runId }: Run): Promise<number[]> {
  const response = await fetch(`${url}/api/scanner/runs/${runId}/events?limit=1000`);
  const { events } = (await response.json()) as { events: RunEvent[] };
  return events.map(({ seq }) => seq);
}

describe('a client whose connection is cut while it follows a run', () => {
  const folder = temporaryFolder();
  let server: RunningApp;

  afterEach(() => server.app.close());

  it('sees every event once and in order across a restart of the server', async () => {
    const config = { dataDir: `${folder.path}/restart`, demoLatencyMs: 20 };
    server = await startApp(config);
    const proxy = await startTcpProxy(server.port);
    const client = createScannerClient({ url: proxy.url });
    const run = await client.runs.start({ symbols: SYMBOLS, sniper_mode: 'surgical' });
    const watched: RunUpdate['status'][] = [];
    client.runs.watch(({ status }) => watched.push(status));
    const seen: number[] = [];
    for await (const { seq } of run.events()) {
      seen.push(seq);
      if (seq !== 3) continue;
      proxy.cut();
      await server.app.close();
      server = await startApp(config);
      proxy.target(server.port);
    }
    assert.deepEqual(seen, await storedSeqs(server.url, run));
    assert.equal((await run.result()).metadata?.scanned, SYMBOLS.length);
    await eventually(() => assert.equal(watched.at(-1), 'completed'));
    client.close();
    await proxy.close();
  });

  it('is told what is left of a run that was swept meanwhile', async () => {
    const dataDir = `${folder.path}/swept`;
    server = await startApp({ dataDir });
    const run = await createScannerClient({ url: server.url }).runs.start({ symbols: ['BTC/USDT'] });
    await run.result();
    await server.app.close();
    server = await startApp({ dataDir, runRetentionMinutes: 0 });
    const { runs } = createScannerClient({ url: server.url });
    const readers = [
      () => runs.wait(run.runId),
      () => runs.get(run.runId),
      () => runs.events(run.runId).next(),
    ];
    for (const read of readers)
      await assert.rejects(read(), (error) => {
        assert.ok(error instanceof ScannerApiError);
        assert.equal(error.code, 'gone');
        assert.deepEqual([error.summary?.['run_id'], error.summary?.['status']], [run.runId, 'completed']);
        return true;
      });
    assert.equal((await runs.list({ q: run.runId })).runs[0]?.details_kept, false);
  });
});
