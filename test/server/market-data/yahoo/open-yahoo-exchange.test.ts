import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Governor } from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { openExchange } from '@fast-scanner/server/open-exchange.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';
import { NOW } from './open-yahoo.ts';
import { startYahooServer, type YahooServer } from './yahoo-server.ts';

const AAPL = {
  symbol: 'AAPL',
  timeframe: '1d',
  from: Date.UTC(2023, 0, 1),
  to: Date.UTC(2024, 0, 1),
} as const;

describe('the exchange yahoo', () => {
  const folder = temporaryFolder();
  let server: YahooServer;

  before(async () => {
    server = await startYahooServer();
  });

  after(() => server.close());

  const open = (url: unknown, governors = new Map<string, Governor>()) =>
    openExchange('yahoo', {
      config: testConfig({ dataDir: folder.path, exchanges: ['yahoo'], exchangeOptions: { yahoo: { url } } }),
      clock: new FakeClock(NOW),
      blocks: { load: async () => null, save: async () => undefined },
      governors,
      onExchangeState: () => undefined,
    });

  it('asks where EXCHANGE_OPTIONS says, two requests a second, keeps what it got in DATA_DIR and asks no more for that', async () => {
    const governors = new Map<string, Governor>();
    const feed = await open(server.url, governors);
    for (let time = 0; time < 5; time += 1) await feed.history(AAPL);
    assert.deepEqual(server.requests, ['AAPL 2023-01-01']);
    assert.equal(governors.get('yahoo')?.state().requestsPerSecond, 2);
    assert.ok(existsSync(join(folder.path, 'yahoo', 'stock-AAPL.json')));
    await feed.close();
  });

  it('names the setting when the address is none', async () => {
    await assert.rejects(open('nowhere'), {
      code: 'exchange_unavailable',
      message: /EXCHANGE_OPTIONS.*"url" of yahoo/,
    });
  });
});
