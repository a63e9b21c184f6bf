import assert from 'node:assert/strict';
import {
  createScannerClient,
  type Scan,
  type ScanEvent,
  type ScannerClient,
  ScannerConnectionError,
} from '@fast-scanner/client';
import { eventually } from '../support/eventually.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function readSeqs(scan: Scan): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of scan.events()) seqs.push(seq);
  return seqs;
}

describe('several readers of one scan on one client', () => {
  const folder = temporaryFolder();
  let server: RunningApp;
  let client: ScannerClient;

  before(async () => {
    server = await startApp({ dataDir: folder.path, demoLatencyMs: 20 });
  });
  after(() => server.app.close());
  beforeEach(() => {
    client = createScannerClient({ url: server.url });
  });
  afterEach(() => client.close());

  it('each see every event, and one that leaves takes nothing from those who stay', async () => {
    const first = await client.quickScan({ limit: 10 });
    const second = client.scan(first.scanId);
    const leaving = (async () => {
      for await (const { seq } of second.events()) if (seq >= 3) return;
    })();
    const staying = readSeqs(first);
    await leaving;
    const seqs = await staying;
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + 1),
    );
    assert.deepEqual(await readSeqs(client.scan(first.scanId)), seqs);
  });

  it('may leave and come back', async () => {
    const scan = await client.quickScan({ limit: 10 });
    for await (const { seq } of scan.events()) if (seq >= 3) break;
    assert.equal(client.connectionState, 'idle');
    const seqs = await readSeqs(scan);
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + 1),
    );
  });

  it('hear nothing after they have been let go', async () => {
    const scan = await client.quickScan({ limit: 2 });
    await scan.result();
    const heard: ScanEvent['type'][] = [];
    scan.on('symbolAnalyzed', () => heard.push('symbolAnalyzed'))();
    const dispose = scan.on('analysisProgress', () => {
      heard.push('analysisProgress');
      dispose();
    });
    await eventually(() => assert.ok(heard.length > 0));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(heard, ['analysisProgress']);
  });

  it('are served though the listener of another throws, which is not hidden', async () => {
    const hidden = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const thrown: unknown[] = [];
    process.on('uncaughtException', (error) => thrown.push(error));
    try {
      const scan = await client.quickScan({ limit: 3 });
      scan.on('symbolAnalyzed', ({ symbol }) => {
        throw new Error(symbol);
      });
      const seqs = await readSeqs(scan);
      assert.ok(seqs.length > 3);
      await eventually(() => assert.equal(thrown.length, 3));
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of hidden) process.on('uncaughtException', listener);
    }
  });

  it('are refused by a client that is closed, each time they ask', async () => {
    const scan = client.scan('scan_whatever');
    client.close();
    await assert.rejects(scan.result(), ScannerConnectionError);
    await assert.rejects(scan.result(), ScannerConnectionError);
    scan.on('symbolAnalyzed', () => assert.fail('there is nothing to hear'));
  });

  it('hear of a token that cannot be had', async () => {
    const lost = createScannerClient({
      url: server.url,
      token: () => Promise.reject(new Error('the vault is shut')),
    });
    await assert.rejects(lost.scan('scan_whatever').result(), (error: Error) => {
      assert.ok(error instanceof ScannerConnectionError);
      assert.match(String(error.cause), /the vault is shut/);
      return true;
    });
    assert.equal(lost.connectionState, 'idle');
  });
});
