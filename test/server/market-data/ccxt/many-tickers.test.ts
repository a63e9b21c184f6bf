import assert from 'node:assert/strict';
import { openSource } from './open-source.ts';

describe('tickers of more than a hundred symbols', () => {
  const exchange = openSource({ symbols: 101 });

  it('come in one call for all, since an address with all names would be refused as too long', async () => {
    const { server, source } = exchange;
    await source.listMarkets();
    server.reset();
    const tickers = await source.fetchTickers(server.symbols);
    assert.equal(tickers.size, 101);
    const asked = server.requests.filter(({ path }) => path === '24hr');
    assert.deepEqual(
      asked.map(({ query }) => query.get('symbols')),
      [null],
    );
  });
});
