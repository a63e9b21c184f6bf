import assert from 'node:assert/strict';
import type { Ticker } from '@fast-scanner/server/market-data/market-data-source.ts';
import { ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { type OpenExchange, openSource } from './open-source.ts';

/** Watches the symbols; `end` aborts, and `ended` is how the watch ended. */
function watch({ source }: OpenExchange, symbols: readonly string[]) {
  assert.ok(source.watchTickers);
  const controller = new AbortController();
  const told: Ticker[] = [];
  const onTickers = (tickers: ReadonlyMap<string, Ticker>) => void told.push(...tickers.values());
  const ended: Promise<unknown> = source
    .watchTickers({ symbols, signal: controller.signal, onTickers })
    .catch((error: unknown) => error);
  return { told, ended, end: (reason = new Error('enough')) => controller.abort(reason) };
}

async function expectEnd(ended: Promise<unknown>, code: string): Promise<void> {
  const error = await ended;
  assert.ok(error instanceof ScannerError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, /^binance/);
}

describe('the ticker stream of an exchange', () => {
  const exchange = openSource({ tickerIntervalMs: null });
  const subscribed = (symbols: readonly string[]) =>
    eventually(() => assert.deepEqual(exchange.server.stream.subscriptions, [new Set(symbols)]));

  it('tells every ticker that is pushed, with price, change and time', async () => {
    const { told, ended, end } = watch(exchange, ['BTC/USDT', 'ETH/USDT', 'NONE/USDT']);
    await subscribed(['BTC/USDT', 'ETH/USDT']);
    const timestamp = Date.now() - 5;
    exchange.server.stream.push('BTC/USDT', { price: 123.5, timestamp });
    await eventually(() => assert.equal(told.length, 1));
    const [ticker] = told;
    assert.deepEqual([ticker?.symbol, ticker?.last, ticker?.timestamp], ['BTC/USDT', 123.5, timestamp]);
    assert.ok(Number.isFinite(ticker?.change24hPct) && (ticker?.quoteVolume24h ?? 0) > 0);
    exchange.server.stream.push('BTC/USDT', { price: 124 });
    exchange.server.stream.push('ETH/USDT', { price: 7 });
    await eventually(() =>
      assert.deepEqual(
        told.slice(1).map(({ symbol, last }) => [symbol, last]),
        [
          ['BTC/USDT', 124],
          ['ETH/USDT', 7],
        ],
      ),
    );
    assert.ok(exchange.server.requests.every(({ path }) => path !== '24hr'));
    end();
    await ended;
  });

  it('closes its socket when the watch is aborted, and ends with the reason', async () => {
    const { ended, end } = watch(exchange, ['BTC/USDT']);
    await subscribed(['BTC/USDT']);
    const reason = new Error('no longer wanted');
    end(reason);
    assert.equal(await ended, reason);
    await eventually(() => assert.deepEqual(exchange.server.stream.subscriptions, []));
    assert.equal(exchange.server.stream.opened, 1);
  });

  it('aborted while it opens leaves no socket', async () => {
    await exchange.source.listMarkets();
    const { ended, end } = watch(exchange, ['BTC/USDT']);
    await new Promise((resolve) => setImmediate(resolve));
    end();
    await ended;
    const again = watch(exchange, ['ETH/USDT']);
    await subscribed(['ETH/USDT']);
    again.end();
    await again.ended;
  });

  it('ends when the exchange cuts it, without dialling again', async () => {
    const { ended } = watch(exchange, ['BTC/USDT']);
    await subscribed(['BTC/USDT']);
    exchange.server.stream.cut();
    await expectEnd(ended, 'exchange_unavailable');
    assert.equal(exchange.server.stream.opened, 1);
  });

  it('ends when the exchange refuses it or the subscription', async () => {
    exchange.server.stream.refuses = true;
    await expectEnd(watch(exchange, ['BTC/USDT']).ended, 'exchange_unavailable');
    exchange.server.stream.refuses = false;
    const { ended } = watch(exchange, ['BTC/USDT']);
    await subscribed(['BTC/USDT']);
    exchange.server.stream.send('{"error":{"code":2,"msg":"Invalid request"},"id":1}');
    await expectEnd(ended, 'exchange_unavailable');
    await eventually(() => assert.deepEqual(exchange.server.stream.subscriptions, []));
  });

  it('tells nothing without a price', async () => {
    const { told, ended, end } = watch(exchange, ['BTC/USDT']);
    await subscribed(['BTC/USDT']);
    const { stream } = exchange.server;
    for (const price of ['"0"', '"x"', 'null'])
      stream.send(`{"e":"24hrMiniTicker","s":"BTCUSDT","c":${price}}`);
    stream.send('{"e":"24hrMiniTicker"}');
    stream.send('[]');
    await new Promise((resolve) => setTimeout(resolve, 150)); // longer than tickers are gathered
    stream.push('BTC/USDT', { price: 9 });
    await eventually(() => assert.equal(told.length, 1));
    assert.equal(told[0]?.last, 9);
    end();
    await ended;
  });

  for (const [name, text] of [
    ['nonsense', 'nonsense'],
    ['half a message', '{"e":"24hrMini'],
    ['more than 1 MB', `["${'x'.repeat(1_000_000)}"]`],
  ] as const) {
    it(`ends at ${name}, also after a price`, async () => {
      const { told, ended } = watch(exchange, ['BTC/USDT']);
      await subscribed(['BTC/USDT']);
      exchange.server.stream.push('BTC/USDT');
      await eventually(() => assert.equal(told.length, 1));
      exchange.server.stream.send(text);
      const error = await ended;
      assert.ok(error instanceof ScannerError, String(error));
      assert.ok(['exchange_bad_response', 'exchange_unavailable'].includes(error.code), error.code);
      await eventually(() => assert.deepEqual(exchange.server.stream.subscriptions, []));
    });
  }

  it('ends with the source', async () => {
    const { ended } = watch(exchange, ['BTC/USDT']);
    await subscribed(['BTC/USDT']);
    await exchange.source.close();
    const error = await ended;
    assert.ok(error instanceof ScannerError && error.code === 'unavailable');
    await eventually(() => assert.deepEqual(exchange.server.stream.subscriptions, []));
  });

  it('is not opened for symbols that do not trade', async () => {
    exchange.server.halt('ETH/USDT');
    await expectEndOfNone(watch(exchange, ['ETH/USDT', 'NONE/USDT']).ended);
    assert.equal(exchange.server.stream.opened, 0);
  });
});

async function expectEndOfNone(ended: Promise<unknown>): Promise<void> {
  const error = await ended;
  assert.ok(error instanceof ScannerError && error.code === 'no_data', String(error));
}

describe('the ticker stream of 250 symbols', () => {
  const exchange = openSource({ symbols: 250 });

  it('is one socket', async () => {
    const { told, ended, end } = watch(exchange, exchange.server.symbols);
    await eventually(() => assert.equal(new Set(told.map(({ symbol }) => symbol)).size, 250));
    assert.equal(exchange.server.stream.opened, 1);
    end();
    await ended;
  });
});

describe('an exchange whose stream is switched off', () => {
  const exchange = openSource({ ccxt: { has: { watchTickers: false } } });

  it('says not_supported', async () => {
    await expectEnd(watch(exchange, ['BTC/USDT']).ended, 'not_supported');
    assert.equal(exchange.server.stream.opened, 0);
  });
});
