import assert from 'node:assert/strict';
import { eventually } from '../../../support/eventually.ts';
import { openSource } from './open-source.ts';

describe('an exchange without a call for many tickers', () => {
  const exchange = openSource({ symbols: 14, ccxt: { has: { fetchTickers: false } } });
  const askedFor = () =>
    exchange.server.requests.filter(({ path }) => path === '24hr').map(({ symbol }) => symbol);

  beforeEach(async () => {
    await exchange.source.listMarkets();
    exchange.server.reset();
  });

  it('is asked for each, past those that are gone', async () => {
    const { server, source } = exchange;
    server.delist('ETH/USDT');
    const tickers = await source.fetchTickers(server.symbols);
    assert.deepEqual(
      [...tickers.keys()],
      server.symbols.filter((symbol) => symbol !== 'ETH/USDT'),
    );
    assert.deepEqual(new Set(askedFor()), new Set(server.symbols));
    assert.ok(server.maxInFlight <= 5);
  });

  it('is asked five at once', async () => {
    const { server, source } = exchange;
    server.script({ path: '24hr', fault: { kind: 'hang' } });
    const controller = new AbortController();
    const asked = source.fetchTickers(server.symbols, { signal: controller.signal });
    await eventually(() => assert.equal(server.inFlight, 5));
    const reason = new Error('enough');
    controller.abort(reason);
    await assert.rejects(asked, reason);
    await eventually(() => assert.equal(server.inFlight, 0));
    assert.equal(askedFor().length, 5);
  });

  it('is asked no more after a failure', async () => {
    const { server, source } = exchange;
    server.script({ path: '24hr', times: 1, fault: { kind: 'status', status: 503 } });
    server.script({ path: '24hr', fault: { kind: 'latency', ms: 100 } });
    await assert.rejects(source.fetchTickers(server.symbols), { code: 'exchange_unavailable' });
    assert.ok(askedFor().length <= 5, String(askedFor().length));
    assert.equal(server.inFlight, 0);
  });
});
