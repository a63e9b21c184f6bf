import assert from 'node:assert/strict';
import { eventually } from '../../../support/eventually.ts';
import type { Fault } from '../../../support/exchange-server/index.ts';
import { type OpenExchange, openSource } from './open-source.ts';

const REQUEST = { symbol: 'BTC/USDT', timeframe: '1h', limit: 10 } as const;
const ENDLESS: Readonly<Record<string, Fault>> = {
  'a hang': { kind: 'hang' },
  'a slow drip': { kind: 'drip', intervalMs: 5 },
};

/** The exchange saw the client leave, and nothing else is under way. */
async function expectSocketClosed({ server }: OpenExchange): Promise<void> {
  await eventually(() => {
    assert.equal(server.inFlight, 0);
    assert.ok(server.requests.some((request) => request.aborted));
  });
}

describe('an aborted request to an exchange', () => {
  const exchange = openSource();

  for (const [name, fault] of Object.entries(ENDLESS)) {
    it(`rejects at once with the signal's reason during ${name} and closes its socket`, async () => {
      await exchange.source.listMarkets();
      exchange.server.script({ path: 'klines', fault });
      const controller = new AbortController();
      const reason = new Error('no longer wanted');
      const candles = exchange.source.fetchCandles(REQUEST, { signal: controller.signal });
      await eventually(() => assert.equal(exchange.server.inFlight, 1));
      controller.abort(reason);
      await assert.rejects(candles, reason);
      await expectSocketClosed(exchange);
    });
  }

  it('leaves the shared load of the markets to the callers that still want it', async () => {
    const { server, source } = exchange;
    server.script({ path: 'exchangeInfo', times: 1, fault: { kind: 'latency', ms: 50 } });
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const impatient = source.fetchCandles(REQUEST, { signal: controller.signal });
    const patient = source.fetchCandles(REQUEST);
    await eventually(() => assert.ok(server.inFlight > 0));
    controller.abort(reason);
    await assert.rejects(impatient, reason);
    assert.equal((await patient).openTime.length, 10);
    assert.equal(server.requests.filter((request) => request.path === 'exchangeInfo').length, 1);
  });

  it('that was the only one to want the markets closes their socket too', async () => {
    const { server, source } = exchange;
    server.script({ path: 'exchangeInfo', fault: { kind: 'hang' } });
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const markets = source.listMarkets({ signal: controller.signal });
    await eventually(() => assert.ok(server.requests.some((request) => request.path === 'exchangeInfo')));
    controller.abort(reason);
    await assert.rejects(markets, reason);
    await expectSocketClosed(exchange);
  });
});

describe('a request to an exchange that outlasts its timeout', () => {
  const exchange = openSource({ ccxt: { timeout: 60 } });

  for (const [name, fault] of Object.entries(ENDLESS)) {
    it(`fails with exchange_timeout during ${name} and closes its socket`, async () => {
      await exchange.source.listMarkets();
      exchange.server.script({ path: 'klines', fault });
      await assert.rejects(exchange.source.fetchCandles(REQUEST), { code: 'exchange_timeout' });
      await expectSocketClosed(exchange);
    });
  }
});

describe('a body over the cap', () => {
  const exchange = openSource();

  it('is given up after 10 MB and its socket closed', async () => {
    await exchange.source.listMarkets();
    exchange.server.script({ path: 'klines', fault: { kind: 'huge' } });
    const before = process.memoryUsage().arrayBuffers;
    await assert.rejects(exchange.source.fetchCandles(REQUEST), { code: 'exchange_bad_response' });
    assert.ok(process.memoryUsage().arrayBuffers - before < 40_000_000);
    await expectSocketClosed(exchange);
  });
});

describe('closing a live source', () => {
  const exchange = openSource();

  it('ends a hanging call and closes every socket', async () => {
    await exchange.source.listMarkets();
    exchange.server.script({ path: 'klines', fault: { kind: 'hang' } });
    const ended = assert.rejects(exchange.source.fetchCandles(REQUEST), { code: 'unavailable' });
    await eventually(() => assert.equal(exchange.server.inFlight, 1));
    await exchange.source.close();
    await ended;
    await expectSocketClosed(exchange);
  });
});
