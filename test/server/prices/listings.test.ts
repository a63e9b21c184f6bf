import assert from 'node:assert/strict';
import {
  candlesResponseSchema,
  type ExchangeInfo,
  exchangesResponseSchema,
  marketSymbolsResponseSchema,
  timeframeMs,
} from '@fast-scanner/shared';
import type { z } from 'zod';
import { type ExchangeServer, startExchangeServer } from '../../support/exchange-server/index.ts';
import { startLiveApp } from '../../support/live-app.ts';
import type { RunningApp } from '../../support/running-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from '../http/expect-problem.ts';
import { rawRequest } from '../http/raw-request.ts';

describe('listings', () => {
  const folder = temporaryFolder();
  let exchange: ExchangeServer;
  let server: RunningApp;

  const get = (path: string) => rawRequest({ port: server.port, path });
  const read = async <Schema extends z.ZodType>(path: string, schema: Schema) => {
    const { status, text } = await get(path);
    assert.equal(status, 200, text);
    return schema.parse(JSON.parse(text));
  };
  const exchanges = async () => {
    const answer = await read('/api/exchanges', exchangesResponseSchema);
    return new Map(answer.exchanges.map((info): [string, ExchangeInfo] => [info.id, info]));
  };

  before(async () => {
    exchange = await startExchangeServer({ symbols: 30 });
    exchange.halt('T020/USDT');
    server = await startLiveApp({ dataDir: folder.path, exchange });
  });
  after(async () => {
    await server.app.close();
    await exchange.close();
  });

  it('of exchanges follow the allow-list and ask nobody', async () => {
    const infos = await exchanges();
    assert.deepEqual([...infos.keys()], ['demo', 'files', 'binance']);
    assert.deepEqual(
      [...infos.values()].map((info) => [info.kind, info.default, info.health.status]),
      [
        ['simulated', false, 'ok'],
        ['recorded', false, 'unconfigured'],
        ['live', true, 'unused'],
      ],
    );
    assert.deepEqual(infos.get('binance')?.budget, { requestsPerSecond: 1_000, maxRequestsPerSecond: 1_000 });
    assert.equal(infos.get('demo')?.budget, null);
    assert.equal(exchange.requests.length, 0);
  });

  it('of symbols find part of one, in lower case too, those that begin with it first', async () => {
    const answer = await read('/api/market/symbols?query=bt', marketSymbolsResponseSchema);
    assert.deepEqual(
      answer.symbols.map(({ symbol }) => symbol),
      ['BTC/USDT'],
    );
    const all = await read('/api/market/symbols?query=t0&limit=3', marketSymbolsResponseSchema);
    assert.deepEqual([all.count, all.total], [3, 20]);
    const usdt = await read('/api/market/symbols?query=usdt&exchange=demo', marketSymbolsResponseSchema);
    assert.deepEqual(usdt.dataSource, { exchange: 'demo', kind: 'simulated' });
    const [halted] = (await read('/api/market/symbols?query=T020', marketSymbolsResponseSchema)).symbols;
    assert.equal(halted?.active, false);
    assert.equal((await read('/api/market/symbols?query=%00..%2F', marketSymbolsResponseSchema)).total, 0);
  });

  it('of candles are the closed ones, with the open one beside them and their source', async () => {
    const answer = await read(
      '/api/market/candles?symbol=BTC/USDT&timeframe=15m&limit=40',
      candlesResponseSchema,
    );
    assert.deepEqual([answer.count, answer.candles.length], [40, 40]);
    const lastClose = (answer.candles.at(-1)?.[0] ?? 0) + timeframeMs('15m');
    assert.equal(answer.candleCloseTime, new Date(lastClose).toISOString());
    assert.ok(lastClose <= Date.parse(answer.fetchedAt));
    assert.equal(answer.openCandle?.[0], lastClose);
    assert.deepEqual(answer.dataSource, { exchange: 'binance', kind: 'live' });
    assert.deepEqual(answer.quality, { rejected: 0, filled: 0 });
  });

  it('refuse what is wrong with its reason', async () => {
    expectProblem(await get('/api/market/candles'), 'invalid_input');
    expectProblem(await get('/api/market/candles?symbol=BTC/USDT&timeframe=7m'), 'invalid_input');
    expectProblem(await get('/api/market/candles?symbol=BTC/USDT&limit=1001'), 'invalid_input');
    expectProblem(await get('/api/market/candles?symbol=NONE/USDT'), 'symbol_unknown');
    expectProblem(await get('/api/market/candles?symbol=T020/USDT'), 'delisted');
    expectProblem(await get('/api/market/symbols?exchange=mtgox'), 'exchange_unknown');
    expectProblem(await get('/api/exchanges?x=1'), 'invalid_input');
  });

  it('of exchanges say how one fares and how much less it is asked', async () => {
    assert.equal((await exchanges()).get('binance')?.health.status, 'ok');
    exchange.script({
      path: '24hr',
      times: 1,
      fault: { kind: 'status', status: 429, retryAfterSeconds: 90 },
    });
    expectProblem(await get('/api/market/price/BTC/USDT'), 'rate_limited');
    const limited = (await exchanges()).get('binance');
    assert.match(limited?.health.detail ?? '', /^rate limited, resuming in (90|89) s$/);
    assert.equal(limited?.health.status, 'rate_limited');
    assert.ok(Date.parse(limited?.health.resumesAt ?? '') > Date.now() + 60_000);
    const { requestsPerSecond = 0, maxRequestsPerSecond } = limited?.budget ?? {};
    assert.ok(requestsPerSecond < 600 && maxRequestsPerSecond === 1_000);
  });

  it('of candles bring the lines of the asked indicators, converged at the first candle that is shown', async () => {
    const path = '/api/market/candles?symbol=BTC/USDT&exchange=demo&limit=40';
    const [plain, drawn] = await Promise.all([
      read(path, candlesResponseSchema),
      read(`${path}&indicators=ema20,bollinger,rsi`, candlesResponseSchema),
    ]);
    assert.deepEqual(plain.indicators, {});
    assert.deepEqual(drawn.candles, plain.candles);
    assert.deepEqual(Object.keys(drawn.indicators).sort(), [
      'bollingerLower',
      'bollingerMiddle',
      'bollingerUpper',
      'ema20',
      'rsi',
    ]);
    const closes = plain.candles.map(([, , , , close = Number.NaN]) => close);
    const mean = closes.slice(-20).reduce((sum, close) => sum + close / 20, 0);
    const middle = drawn.indicators.bollingerMiddle ?? [];
    assert.equal(middle.length, 40);
    assert.ok(
      middle.every((value) => value !== null),
      'nothing is missing at the beginning',
    );
    assert.ok(Math.abs((middle.at(-1) ?? 0) - mean) < 1e-9 * mean);
  });

  it('of candles refuse an indicator nobody knows by its name', async () => {
    const answer = await get('/api/market/candles?symbol=BTC/USDT&exchange=demo&indicators=ema20,magic');
    const problem = expectProblem(answer, 'invalid_input');
    assert.match(JSON.stringify(problem.errors), /indicators/);
  });
});
