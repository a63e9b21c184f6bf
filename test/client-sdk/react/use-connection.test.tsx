import assert from 'node:assert/strict';
import { createScannerClient } from '@fast-scanner/client';
import { useConnection, useQuickScan } from '@fast-scanner/client/react';
import { eventually } from '../../support/eventually.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { hookStage } from './hook-stage.tsx';

describe('useConnection', () => {
  const stage = hookStage({ demoLatencyMs: 20 });
  let proxy: TcpProxy;

  before(async () => {
    proxy = await startTcpProxy(stage.server.port);
  });
  after(() => proxy.close());

  it('tells the connection from the job: what was missed is replayed before it is open again', async () => {
    const client = createScannerClient({ url: proxy.url });
    const shown = new Set<string>();
    const { result, unmount } = stage.render(() => {
      shown.add(useConnection());
      return useQuickScan();
    }, client);
    const states: string[] = [];
    client.onConnectionChange((state) => states.push(`${state}, ${result.current.phase}`));
    await result.current.start({ limit: 8 });
    await eventually(() => assert.ok(result.current.progress.processed > 0));
    proxy.cut();
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    await eventually(() => assert.equal(client.connectionState, 'idle'));
    const underWay = ['connecting', 'open', 'offline', 'replaying', 'open'].map(
      (state) => `${state}, analyzing`,
    );
    assert.deepEqual(states.slice(0, -1), underWay);
    assert.deepEqual([shown.has('offline'), shown.has('replaying')], [true, true]);
    assert.equal(result.current.error, null);
    client.close();
    await eventually(() => assert.ok(shown.has('closed')));
    unmount();
  });
});
