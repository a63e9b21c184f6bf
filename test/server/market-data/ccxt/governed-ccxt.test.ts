import assert from 'node:assert/strict';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import { createGovernor } from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { governSource } from '@fast-scanner/server/market-data/governor/govern-source.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { ScannerError } from '@fast-scanner/shared';
import { marketDataSourceContract } from '../../../contracts/market-data-source.contract.ts';
import { eventually } from '../../../support/eventually.ts';
import {
  type ExchangeServer,
  exchangeOptionsFor,
  startExchangeServer,
} from '../../../support/exchange-server/index.ts';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';

function governed(server: ExchangeServer) {
  const random = seededRandom(7);
  const governor = createGovernor({
    exchangeId: 'binance',
    clock: systemClock,
    maxConcurrency: 5,
    maxRequestsPerSecond: 1_000,
    // A twentieth of the real pauses.
    random: () => random() / 20,
  });
  const options = exchangeOptionsFor(server);
  const source = createCcxtMarketData({ exchangeId: 'binance', options, clock: systemClock });
  return { governor, source: governSource(source, governor) };
}

marketDataSourceContract('ccxt under the governor', async () => {
  const server = await startExchangeServer({ symbols: 2 });
  const { source } = governed(server);
  return { source, symbols: server.symbols, timeframes: ['15m', '1d'], teardown: () => server.close() };
});

describe('a scan through governor and ccxt', () => {
  let server: ExchangeServer;
  let exchange: ReturnType<typeof governed>;

  beforeEach(async () => {
    server = await startExchangeServer({ symbols: 40, latencyMs: 2 });
    exchange = governed(server);
    await exchange.source.listMarkets();
    server.reset();
  });
  afterEach(async () => {
    await exchange.source.close();
    await server.close();
  });

  const scan = (signal?: AbortSignal) =>
    Promise.all(
      server.symbols.map((symbol) =>
        exchange.source.fetchCandles({ symbol, timeframe: '1h', limit: 50 }, signal ? { signal } : {}).then(
          (columns) => String(columns.openTime.length),
          (error: unknown) => (error instanceof ScannerError ? error.code : String(error)),
        ),
      ),
    );

  it('keeps five requests in flight, never more', async () => {
    server.script({ times: 5, fault: { kind: 'latency', ms: 250 } });
    assert.deepEqual(await scan(), Array(40).fill('50'));
    assert.equal(server.maxInFlight, 5);
    assert.equal(server.requests.length, 40);
  });

  it('survives a 429: nothing is asked until Retry-After passes, and every symbol ends well', async () => {
    server.script({ after: 10, times: 1, fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } });
    assert.deepEqual(await scan(), Array(40).fill('50'));
    const refused = server.requests.find((request) => request.status === 429);
    const refusedAt = refused?.endedAt ?? Number.NaN;
    const tooEarly = server.requests.filter(
      ({ startedAt }) => startedAt > refusedAt + 20 && startedAt < refusedAt + 980,
    );
    assert.deepEqual(tooEarly, []);
    assert.equal(server.requests.length, 41);
    assert.equal(exchange.governor.state().status, 'ok');
    assert.ok(exchange.governor.state().requestsPerSecond < 520);
  });

  it('stops at a ban that outlasts its patience, and asks no more', async () => {
    server.script({ after: 10, fault: { kind: 'status', status: 418, retryAfterSeconds: 600 } });
    const ends = await scan();
    assert.equal(ends.filter((end) => end === '50').length, 10);
    assert.equal(ends.filter((end) => end === 'exchange_banned').length, 30);
    assert.ok(server.requests.length <= 15);
    const asked = server.requests.length;
    await assert.rejects(exchange.source.fetchTickers(['BTC/USDT']), { code: 'exchange_banned' });
    assert.equal(server.requests.length, asked);
  });

  it('gets through 30 % server errors', async () => {
    server.script({ probability: 0.3, seed: 3, fault: { kind: 'status', status: 503 } });
    const ends = await scan();
    assert.deepEqual(ends, Array(40).fill('50'));
    assert.ok(server.requests.length > 40 && server.requests.length <= 1.6 * 40, `${server.requests.length}`);
  });

  it('fails a symbol whose body stays broken after five tries, and only that one', async () => {
    server.script({ symbol: 'ETH/USDT', fault: { kind: 'truncated' } });
    const ends = await scan();
    assert.equal(ends[1], 'exchange_bad_response');
    assert.equal(ends.filter((end) => end === '50').length, 39);
    assert.equal(server.requests.filter((request) => request.symbol === 'ETH/USDT').length, 5);
  });

  it('skips a symbol delisted on the way after one request', async () => {
    server.delist('ETH/USDT');
    const ends = await scan();
    assert.equal(ends[1], 'delisted');
    assert.equal(server.requests.length, 40);
  });

  it('cancelled during a hang ends at once, frees every slot and asks no more', async () => {
    server.script({ fault: { kind: 'hang' } });
    const controller = new AbortController();
    const ends = scan(controller.signal);
    await eventually(() => assert.equal(server.inFlight, 5));
    const cancelledAt = performance.now();
    controller.abort(new ScannerError('cancelled', 'cancelled by the test'));
    assert.deepEqual(await ends, Array(40).fill('cancelled'));
    assert.ok(performance.now() - cancelledAt < 1_000);
    await eventually(() => assert.equal(server.inFlight, 0));
    assert.equal(server.requests.length, 5);
    server.reset();
    assert.deepEqual(await scan(), Array(40).fill('50'));
  });
});
