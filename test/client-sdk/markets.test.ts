import assert from 'node:assert/strict';
import {
  createScannerClient,
  ScannerApiError,
  type ScannerClient,
  type ScansEvent,
} from '@fast-scanner/client';
import { eventually } from '../support/eventually.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('client.markets and client.watchScans', () => {
  const folder = temporaryFolder();
  let server: RunningApp;
  let client: ScannerClient;

  before(async () => {
    server = await startApp({ dataDir: folder.path });
    client = createScannerClient({ url: server.url });
  });
  after(async () => {
    client.close();
    await server.app.close();
  });

  it('say which exchanges there are and which of them is the default', async () => {
    const { exchanges } = await client.markets.exchanges();
    assert.deepEqual(
      exchanges.filter((exchange) => exchange.default).map(({ id, kind }) => ({ id, kind })),
      [{ id: 'demo', kind: 'simulated' }],
    );
  });

  it('find symbols by a part of their name', async () => {
    const { symbols } = await client.markets.symbols({ query: 'btc', limit: 1 });
    assert.deepEqual(
      symbols.map(({ symbol }) => symbol),
      ['BTC/USDT'],
    );
  });

  it('answer the newest closed candles of a symbol', async () => {
    const { candles, timeframe } = await client.markets.candles({
      symbol: 'BTC/USDT',
      timeframe: '4h',
      limit: 3,
    });
    assert.deepEqual([timeframe, candles.length], ['4h', 3]);
    await assert.rejects(
      client.markets.candles({ symbol: 'BTC/USDT', exchange: 'nowhere' }),
      ScannerApiError,
    );
  });

  it('tell when a scan begins that somebody else has asked for', async () => {
    const heard: ScansEvent[] = [];
    const end = client.watchScans((event) => heard.push(event));
    await eventually(() => assert.equal(client.connectionState, 'open'));
    await eventually(async () => {
      const { scanId } = await client.quickScan({ symbols: ['BTC/USDT'], analyze: false });
      const started = heard.filter((event) => event.type === 'scanStarted' && event.scanId === scanId);
      assert.equal(started.length, 1);
    });
    end();
    assert.equal(client.connectionState, 'idle');
  });
});
