import assert from 'node:assert/strict';
import { createScannerClient, type ScanEvent } from '@fast-scanner/client';
import { seededRandom } from '../support/exchange-server/seeded-random.ts';
import { startApp } from '../support/running-app.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROUNDS = process.env['SOAK'] ? 50 : 3;

/** What an uncut reader of the stored log sees. */
async function storedSeqs(url: string, scanId: string): Promise<number[]> {
  const response = await fetch(`${url}/api/scanner/scans/${scanId}/events?limit=1000`);
  const { events } = (await response.json()) as { events: ScanEvent[] };
  return events.map(({ seq }) => seq);
}

describe('a client whose connection is cut', () => {
  const folder = temporaryFolder();

  it('sees every event once and in order, wherever the cuts fall', async () => {
    const { app, url, port } = await startApp({ dataDir: `${folder.path}/cuts`, demoLatencyMs: 20 });
    const proxy = await startTcpProxy(port);
    const random = seededRandom(7);
    for (let round = 0; round < ROUNDS; round += 1) {
      const client = createScannerClient({ url: proxy.url });
      const scan = await client.quickScan({ limit: 12 });
      const seen: number[] = [];
      for await (const { seq } of scan.events()) {
        seen.push(seq);
        if (random() < 0.3) proxy.cut();
      }
      assert.deepEqual(seen, await storedSeqs(url, scan.scanId));
      client.close();
    }
    await proxy.close();
    await app.close();
  });

  it('sees every event once and in order across a restart of the server', async () => {
    const dataDir = `${folder.path}/restart`;
    let server = await startApp({ dataDir, demoLatencyMs: 20 });
    const proxy = await startTcpProxy(server.port);
    const client = createScannerClient({ url: proxy.url });
    const scan = await client.quickScan({ limit: 12 });
    const seen: number[] = [];
    for await (const { seq } of scan.events()) {
      seen.push(seq);
      if (seq === 7) {
        await server.app.close();
        server = await startApp({ dataDir, demoLatencyMs: 20 });
        proxy.target(server.port);
      }
    }
    assert.deepEqual(seen, await storedSeqs(server.url, scan.scanId));
    assert.equal((await scan.result()).scan.totals.completed, 12);
    client.close();
    await proxy.close();
    await server.app.close();
  });
});
