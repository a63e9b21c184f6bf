import assert from 'node:assert/strict';
import { openSource } from './open-source.ts';

describe('an exchange without a call for many tickers', () => {
  const exchange = openSource({ symbols: 14, latencyMs: 10, ccxt: { has: { fetchTickers: false } } });
  const singly = () => exchange.server.requests.filter(({ path, symbol }) => path === '24hr' && symbol);

  it('is asked for each, five at once, past those that are gone', async () => {
    await exchange.source.listMarkets();
    exchange.server.reset();
    exchange.server.delist('ETH/USDT');
    const tickers = await exchange.source.fetchTickers(exchange.server.symbols);
    assert.deepEqual(
      [...tickers.keys()],
      exchange.server.symbols.filter((symbol) => symbol !== 'ETH/USDT'),
    );
    assert.deepEqual([singly().length, exchange.server.maxInFlight], [14, 5]);
  });

  it('is asked no more after a failure', async () => {
    await exchange.source.listMarkets();
    exchange.server.script({ path: '24hr', after: 2, times: 1, fault: { kind: 'status', status: 503 } });
    const asked = exchange.source.fetchTickers(exchange.server.symbols);
    await assert.rejects(asked, { code: 'exchange_unavailable' });
    const askedByThen = singly().length;
    assert.ok(askedByThen < 10, String(askedByThen));
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(singly().length, askedByThen);
  });
});
