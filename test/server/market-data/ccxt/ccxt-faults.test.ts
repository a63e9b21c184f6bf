import assert from 'node:assert/strict';
import type { ErrorCode } from '@fast-scanner/shared';
import { ScannerError } from '@fast-scanner/shared';
import type { Fault } from '../../../support/exchange-server/index.ts';
import { openSource } from './open-source.ts';

interface FaultCase {
  readonly fault: Fault;
  readonly code: ErrorCode;
  readonly retryAfterMs?: number;
}

const CASES: Readonly<Record<string, FaultCase>> = {
  '429 with Retry-After': {
    fault: { kind: 'status', status: 429, retryAfterSeconds: 3 },
    code: 'rate_limited',
    retryAfterMs: 3_000,
  },
  '429 without Retry-After': { fault: { kind: 'status', status: 429 }, code: 'rate_limited' },
  '418 with Retry-After': {
    fault: { kind: 'status', status: 418, retryAfterSeconds: 120 },
    code: 'exchange_banned',
    retryAfterMs: 120_000,
  },
  '401': { fault: { kind: 'status', status: 401 }, code: 'exchange_denied' },
  '403': { fault: { kind: 'status', status: 403 }, code: 'exchange_denied' },
  '451': { fault: { kind: 'status', status: 451 }, code: 'exchange_denied' },
  '400': { fault: { kind: 'status', status: 400 }, code: 'not_supported' },
  '404': { fault: { kind: 'status', status: 404 }, code: 'not_supported' },
  '500': { fault: { kind: 'status', status: 500 }, code: 'exchange_unavailable' },
  '502': { fault: { kind: 'status', status: 502 }, code: 'exchange_unavailable' },
  '503': { fault: { kind: 'status', status: 503 }, code: 'exchange_unavailable' },
  'a redirect': { fault: { kind: 'status', status: 302 }, code: 'exchange_bad_response' },
  maintenance: { fault: { kind: 'maintenance' }, code: 'exchange_maintenance' },
  'a cut connection': { fault: { kind: 'reset' }, code: 'exchange_unavailable' },
  'a web page with 200': { fault: { kind: 'html' }, code: 'exchange_bad_response' },
  'truncated JSON': { fault: { kind: 'truncated' }, code: 'exchange_bad_response' },
  'JSON of another shape': { fault: { kind: 'wrongType' }, code: 'exchange_bad_response' },
  'a body of 100 MB': { fault: { kind: 'huge' }, code: 'exchange_bad_response' },
};

describe('an exchange that answers with', () => {
  const exchange = openSource();
  const METHODS = {
    listMarkets: () => exchange.source.listMarkets(),
    fetchCandles: () => exchange.source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1h', limit: 10 }),
    fetchTickers: () => exchange.source.fetchTickers(['BTC/USDT']),
  };

  for (const [name, { fault, code, retryAfterMs }] of Object.entries(CASES)) {
    it(`${name} makes every method fail with ${code} after one request`, async () => {
      for (const [method, path] of [
        ['listMarkets', 'exchangeInfo'],
        ['fetchCandles', 'klines'],
        ['fetchTickers', '24hr'],
      ] as const) {
        exchange.server.reset();
        exchange.server.script({ path, fault });
        const error = await METHODS[method]().then(
          () => null,
          (reason: unknown) => reason,
        );
        assert.ok(error instanceof ScannerError, `${method}: ${error}`);
        assert.equal(error.code, code, `${method}: ${error.message}`);
        assert.equal(error.retryAfterMs, retryAfterMs ?? null);
        assert.match(error.message, /^binance\b.{5,195}$/, method);
        assert.equal(exchange.server.requests.filter((request) => request.path === path).length, 1);
        exchange.server.reset();
        await exchange.source.listMarkets();
      }
    });
  }

  it('"Invalid symbol." for a listed symbol says the symbol is delisted; the others go on', async () => {
    const { server, source } = exchange;
    await source.listMarkets();
    server.delist('ETH/USDT');
    const fetch = (symbol: string) => source.fetchCandles({ symbol, timeframe: '1h', limit: 10 });
    await assert.rejects(fetch('ETH/USDT'), { code: 'delisted' });
    assert.equal((await fetch('BTC/USDT')).openTime.length, 10);
    const tickers = await source.fetchTickers(server.symbols);
    assert.deepEqual([...tickers.keys()], ['BTC/USDT', 'SOL/USDT', 'BNB/USDT', 'XRP/USDT']);
  });

  it('a halted market says the symbol is delisted, without asking for its candles', async () => {
    const { server, source } = exchange;
    server.halt('ETH/USDT');
    const candles = source.fetchCandles({ symbol: 'ETH/USDT', timeframe: '1h', limit: 10 });
    await assert.rejects(candles, { code: 'delisted' });
    assert.ok(server.requests.every((request) => request.path !== 'klines'));
    assert.deepEqual([...(await source.fetchTickers(['ETH/USDT', 'BTC/USDT'])).keys()], ['BTC/USDT']);
  });

  it('no candles says no_data', async () => {
    exchange.server.script({ path: 'klines', fault: { kind: 'candles', fault: 'empty' } });
    await assert.rejects(METHODS.fetchCandles(), { code: 'no_data' });
  });

  for (const fault of ['nan', 'strings'] as const) {
    it(`unreadable prices (${fault}) hands them on as NaN for the cleaner to judge`, async () => {
      exchange.server.script({ path: 'klines', fault: { kind: 'candles', fault } });
      const { close, openTime } = await METHODS.fetchCandles();
      assert.ok(Number.isNaN(close[5]) && Number.isFinite(close[4]) && Number.isFinite(openTime[5]));
    });
  }
});

describe('one failing clock answer', () => {
  const exchange = openSource();

  it('does not keep candles from coming', async () => {
    exchange.server.script({ path: 'time', fault: { kind: 'status', status: 500 } });
    const candles = await exchange.source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1h', limit: 3 });
    assert.equal(candles.openTime.length, 3);
    assert.ok(Math.abs(exchange.source.now() - Date.now()) < 1_000);
  });
});
