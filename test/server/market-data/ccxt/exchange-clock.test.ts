import assert from 'node:assert/strict';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import { ExchangeClock } from '@fast-scanner/server/market-data/ccxt/exchange-clock.ts';
import { exchangeOptionsFor, startExchangeServer } from '../../../support/exchange-server/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('the clock of an exchange', () => {
  it('is the local one until it is measured', () => {
    const local = new FakeClock();
    assert.equal(new ExchangeClock(local).now(), local.now());
  });

  it('takes the answer to be formed half way through the request', async () => {
    const local = new FakeClock();
    const clock = new ExchangeClock(local);
    const exchangeTime = local.now() + 5_000 + 100;
    await clock.measure(async () => {
      await local.advance(200);
      return exchangeTime;
    });
    assert.equal(clock.now() - local.now(), 5_000);
    await local.advance(60_000);
    assert.equal(clock.now() - local.now(), 5_000);
  });

  it('keeps its offset when a measurement fails', async () => {
    const local = new FakeClock();
    const clock = new ExchangeClock(local);
    await clock.measure(async () => local.now() - 700);
    await clock.measure(async () => null);
    assert.equal(clock.now() - local.now(), -700);
  });

  it('knows when the local clock jumped, until measured again', async () => {
    const local = new FakeClock();
    const clock = new ExchangeClock(local);
    await local.advance(3_600_000);
    assert.equal(clock.jumped, false);
    local.jumpWall(3_600_000);
    assert.equal(clock.jumped, true);
    await clock.measure(async () => local.now() - 3_600_000);
    assert.equal(clock.jumped, false);
    assert.equal(clock.now(), local.now() - 3_600_000);
  });
});

describe('a live source', () => {
  it('tells the time of its exchange, and renews time and markets hourly and after a jump of the local clock', async () => {
    const clock = new FakeClock();
    let exchangeTime = clock.now() + 90_000;
    const server = await startExchangeServer({ symbols: 2, now: () => exchangeTime });
    const source = createCcxtMarketData({
      exchangeId: 'binance',
      options: exchangeOptionsFor(server),
      clock,
    });
    const loads = () => server.requests.filter((request) => request.path === 'exchangeInfo').length;
    try {
      await Promise.all([source.listMarkets(), source.listMarkets(), source.fetchTickers(server.symbols)]);
      assert.equal(source.now(), exchangeTime);
      assert.equal(loads(), 1);

      await clock.advance(3_600_001);
      exchangeTime += 3_600_001;
      await source.listMarkets();
      assert.equal(loads(), 2);

      clock.jumpWall(-3_600_000);
      await source.listMarkets();
      assert.equal(loads(), 3);
      assert.equal(source.now(), exchangeTime);

      await clock.advance(3_600_001);
      server.script({ path: 'exchangeInfo', fault: { kind: 'status', status: 503 } });
      assert.equal((await source.listMarkets()).length, 2);
      assert.equal((await source.listMarkets()).length, 2);
      assert.equal(loads(), 4);
    } finally {
      await source.close();
      await server.close();
    }
  });
});
