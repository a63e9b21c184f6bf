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
    const states: string[] = [];
    const client = createScannerClient({ url: proxy.url });
    const { result, unmount } = stage.render(() => {
      const connection = useConnection();
      if (states.at(-1) !== connection) states.push(connection);
      return useQuickScan();
    }, client);
    client.onConnectionChange(
      (state) => state === 'replaying' && states.push(`${result.current.phase} meanwhile`),
    );
    await result.current.start({ limit: 8 });
    await eventually(() => assert.ok(result.current.progress.processed > 0));
    proxy.cut();
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    await eventually(() => assert.equal(states.at(-1), 'idle'));
    assert.deepEqual(states, [
      'idle',
      'connecting',
      'open',
      'offline',
      'analyzing meanwhile',
      'replaying',
      'open',
      'idle',
    ]);
    assert.equal(result.current.error, null);
    client.close();
    await eventually(() => assert.equal(states.at(-1), 'closed'));
    unmount();
  });
});
