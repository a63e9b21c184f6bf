import assert from 'node:assert/strict';
import { type ExchangeServer, startExchangeServer } from '../../../support/exchange-server/index.ts';
import { type LiveEngine, openLiveEngine } from '../../../support/live-engine.ts';
import { completeRunLog, endOf, runEventsOf } from '../../../support/run-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { endedRun, runToEnd, startRun, symbolsOf } from './run-world.ts';

/** In the middle of an hour, so that no candle closes while a test runs. */
const NOW = Date.UTC(2026, 0, 7, 10, 20);
const CHOOSE = { symbols: undefined, sniper_mode: 'surgical', meme_mode: true } as const;

describe('a run on a live exchange', () => {
  const folder = temporaryFolder();
  let exchange: ExchangeServer;
  let live: LiveEngine;
  let dataDir: string;

  beforeEach(async () => {
    const startedAt = Date.now();
    exchange = await startExchangeServer({ symbols: 12, now: () => NOW + Date.now() - startedAt });
    dataDir = `${folder.path}/${Math.random()}`;
    live = await openLiveEngine({ dataDir, exchange });
    await (await live.engine.feeds.get('binance')).markets();
    exchange.reset();
  });
  afterEach(async () => {
    await live.engine.close();
    await exchange.close();
    assert.deepEqual(live.bugs, []);
  });

  const asked = (path: string) => exchange.requests.filter((request) => request.path === path);

  it('F13: chooses the most traded with one call, and a symbol that is delisted or empty spoils no other', async () => {
    const [gone = '', empty = ''] = exchange.symbols;
    exchange.script({ path: 'klines', symbol: gone, fault: { kind: 'delisted' } });
    exchange.script({ path: 'klines', symbol: empty, fault: { kind: 'candles', fault: 'empty' } });
    const runId = await startRun(live.engine, { ...CHOOSE, limit: 20 });
    const { metadata, rejections, status } = await endedRun(live.engine, runId);
    assert.deepEqual([status, metadata.requested], ['completed', 12]);
    assert.match(metadata.selection_note ?? '', /asked for 20 symbols, but binance has 12 of/);
    const codes = rejections.details.no_data?.map(({ symbol, code }) => `${symbol} ${code}`);
    assert.deepEqual(codes?.sort(), [`${empty} no_data`, `${gone} delisted`].sort());
    assert.deepEqual([metadata.scanned, metadata.failed, rejections.by_reason.no_data], [12, 0, 2]);
    assert.equal(asked('24hr').length, 1);
    const [started] = runEventsOf(await completeRunLog(live.engine, runId), 'runStarted');
    const prices = await (await live.engine.feeds.get('binance')).tickers(exchange.symbols);
    const volumes = (started?.symbols ?? []).map((symbol) => prices.get(symbol)?.quoteVolume24h ?? 0);
    assert.deepEqual(
      volumes,
      volumes.toSorted((a, b) => b - a),
    );
  });

  it('F04: waits out a 429, says so to those who follow it, and completes', async () => {
    exchange.script({ path: '24hr', times: 1, fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } });
    const log = await completeRunLog(live.engine, await startRun(live.engine, { ...CHOOSE, limit: 2 }));
    const [limited] = runEventsOf(log, 'runError');
    assert.equal(limited?.code, 'rate_limited');
    assert.match(limited?.error ?? '', /binance: rate limited, resuming in 1 s/);
    const { status, metadata } = endOf(log);
    assert.deepEqual([status, metadata.scanned, metadata.failed], ['completed', 2, 0]);
    const [refused, again] = asked('24hr');
    assert.ok((again?.startedAt ?? 0) - (refused?.endedAt ?? 0) > 900, 'not before Retry-After has passed');
  });

  it('F05: asks nothing while banned, also after a restart', async () => {
    exchange.script({ path: 'klines', fault: { kind: 'status', status: 418, retryAfterSeconds: 120 } });
    const banned = async (limit: number) => {
      const { status, run_id } = await runToEnd(live.engine, { ...CHOOSE, limit });
      const { error } = await live.engine.runs.run(run_id);
      return [status, error?.code];
    };
    assert.deepEqual(await banned(12), ['failed', 'exchange_banned']);
    assert.ok(asked('klines').length <= 5, 'only what was in flight when the ban came');
    exchange.reset();
    assert.deepEqual(await banned(3), ['failed', 'exchange_banned']);
    await live.engine.close();
    live = await openLiveEngine({ dataDir, exchange });
    assert.deepEqual(await banned(3), ['failed', 'exchange_banned']);
    assert.equal(exchange.requests.length, 0);
  });

  it('that banned the address in the middle of a run keeps what was found and asks nothing more', async () => {
    exchange.script({
      path: 'klines',
      after: 7,
      fault: { kind: 'status', status: 418, retryAfterSeconds: 120 },
    });
    const runId = await startRun(live.engine, { ...CHOOSE, limit: 12 });
    const { metadata, rejections } = await endedRun(live.engine, runId);
    const { errors = [] } = rejections.details;
    assert.ok(metadata.failed > 0 && metadata.failed === errors.length);
    assert.ok(errors.every(({ code }) => code === 'exchange_banned'));
    assert.ok(asked('klines').length <= 7 + 5 + 2, 'only what was in flight when the ban came');
    assert.equal(symbolsOf(errors).length + metadata.total + metadata.rejected, 12);
  });
});
