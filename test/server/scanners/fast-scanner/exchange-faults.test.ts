import assert from 'node:assert/strict';
import { type QuickScanResponse, quickScanRequestSchema } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { type ExchangeServer, startExchangeServer } from '../../../support/exchange-server/index.ts';
import { type LiveEngine, openLiveEngine } from '../../../support/live-engine.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ALL = quickScanRequestSchema.parse({ analyze: false, limit: 500 });
/** In the middle of an hour, so that no candle closes while a test runs. */
const NOW = Date.UTC(2026, 0, 7, 10, 20);

describe('a scan of a live exchange that fails', () => {
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

  async function scan(): Promise<QuickScanResponse> {
    return (await live.engine.scanner.start(ALL)).quickScan;
  }

  const klines = () => exchange.requests.filter(({ path }) => path === 'klines');

  it('never has more than five requests in flight in phase 1', async () => {
    exchange.script({ path: 'klines', times: 5, fault: { kind: 'latency', ms: 250 } });
    assert.equal((await scan()).count, 12);
    assert.equal(exchange.maxInFlight, 5);
    assert.equal(klines().length, 12, 'one request a symbol');
  });

  it('asks nothing again within the same candle', async () => {
    await scan();
    const asked = klines().length;
    assert.equal((await scan()).count, 12);
    assert.equal(klines().length, asked);
  });

  it('F04: waits out a 429, says so to those who follow, and completes', async () => {
    exchange.script({
      path: 'klines',
      after: 4,
      times: 1,
      fault: { kind: 'status', status: 429, retryAfterSeconds: 2 },
    });
    const { scanId, quickScan } = await live.engine.scanner.start(ALL);
    assert.equal((await quickScan).count, 12);
    const [limited] = eventsOf(await completeLog(live.engine, scanId), 'scanError');
    assert.equal(limited?.code, 'rate_limited');
    assert.match(limited?.error ?? '', /binance: rate limited, resuming in 2 s/);
    const refused = klines()[4];
    const refusedAt = refused?.endedAt ?? 0;
    // What the server was already being asked when it refused may come a little later on a busy machine.
    const early = klines().filter(
      ({ startedAt }) => startedAt > refusedAt + 500 && startedAt < refusedAt + 1_950,
    );
    assert.deepEqual(early, [], 'nothing is asked until Retry-After has passed');
  });

  it('F05: asks nothing while banned, also after a restart', async () => {
    exchange.script({ path: 'klines', fault: { kind: 'status', status: 418, retryAfterSeconds: 120 } });
    await assert.rejects(scan(), { code: 'exchange_banned' });
    const asked = exchange.requests.length;
    await assert.rejects(scan(), { code: 'exchange_banned' });
    await live.engine.close();
    live = await openLiveEngine({ dataDir, exchange });
    exchange.reset();
    await assert.rejects(scan(), { code: 'exchange_banned' });
    assert.equal(exchange.requests.length, 0);
    assert.ok(asked <= 5, 'only what was in flight when the ban came');
  });

  it('F06: ends every symbol at 30 % server errors with at most 1.6 requests a symbol', async () => {
    await exchange.close();
    exchange = await startExchangeServer({ symbols: 60, now: () => NOW });
    await live.engine.close();
    live = await openLiveEngine({ dataDir: `${dataDir}-many`, exchange });
    exchange.script({ path: 'klines', probability: 0.3, seed: 4, fault: { kind: 'status', status: 503 } });
    const { count, failures } = await scan();
    assert.equal(count + failures.length, 60);
    assert.ok(count >= 57, `${count} of 60 symbols`);
    assert.ok(klines().length <= 96, `${klines().length} requests`);
  }).timeout(30_000);

  it('F07: gives up a symbol that hangs, closes its socket and goes on', async () => {
    const [hanging] = exchange.symbols;
    await live.engine.close();
    live = await openLiveEngine({ dataDir, exchange, symbolDeadlineMs: 1_500 });
    exchange.script({ path: 'klines', symbol: hanging ?? '', fault: { kind: 'hang' } });
    const { count, failures } = await scan();
    assert.equal(count, 11);
    assert.deepEqual(
      failures.map(({ symbol, reason }) => [symbol, reason]),
      [[hanging, 'deadline_exceeded']],
    );
    await eventually(() => assert.equal(exchange.inFlight, 0));
  });

  it('F07: is cancelled within a second while everything hangs', async () => {
    exchange.script({ path: 'klines', fault: { kind: 'hang' } });
    const { scanId } = await live.engine.scanner.start(ALL);
    await eventually(() => assert.equal(exchange.inFlight, 5));
    const startedAt = performance.now();
    await live.engine.scanner.cancel(scanId);
    assert.ok(performance.now() - startedAt < 1000);
    await eventually(() => assert.equal(exchange.inFlight, 0));
    const asked = exchange.requests.length;
    await completeLog(live.engine, scanId);
    assert.equal(exchange.requests.length, asked);
  });

  it('F08: fails only the symbol whose answers are web pages', async () => {
    const bad = exchange.symbols[2] ?? '';
    exchange.script({ path: 'klines', symbol: bad, fault: { kind: 'html' } });
    const { count, failures } = await scan();
    assert.equal(count, 11);
    assert.deepEqual(
      failures.map(({ symbol, reason }) => [symbol, reason]),
      [[bad, 'exchange_bad_response']],
    );
  }).timeout(30_000);

  it('F09–F11: reads damaged candles like sound ones or skips them with a reason', async () => {
    const sound = new Map((await scan()).signals.map((signal) => [signal.symbol, signal]));
    const damages = [
      'duplicated',
      'unordered',
      'future',
      'noOpenCandle',
      'gap',
      'empty',
      'tooFew',
      'nan',
      'negative',
    ] as const;
    await live.engine.close();
    live = await openLiveEngine({ dataDir: `${dataDir}-2`, exchange });
    damages.forEach((fault, index) => {
      exchange.script({
        path: 'klines',
        symbol: exchange.symbols[index] ?? '',
        fault: { kind: 'candles', fault },
      });
    });
    const { signals, failures } = await scan();
    const reasons = Object.fromEntries(
      failures.map(({ symbol, reason }) => [damages[exchange.symbols.indexOf(symbol)], reason]),
    );
    assert.deepEqual(reasons, {
      empty: 'no_data',
      tooFew: 'insufficient_data',
      nan: 'bad_data',
      negative: 'bad_data',
    });
    for (const { symbol, score } of signals) {
      if (damages[exchange.symbols.indexOf(symbol)] === 'gap') continue; // three candles are filled flat
      assert.equal(score, sound.get(symbol)?.score, symbol);
    }
  }).timeout(30_000);

  it('F13: skips a symbol that is delisted mid-scan', async () => {
    const gone = exchange.symbols[7] ?? '';
    exchange.script({ path: 'klines', symbol: gone, fault: { kind: 'delisted' } });
    const { count, failures } = await scan();
    assert.equal(count, 11);
    assert.deepEqual(
      failures.map(({ symbol, reason }) => [symbol, reason]),
      [[gone, 'delisted']],
    );
  });

  it('F13: leaves a symbol out of the default universe once three scans found it delisted, not one that is named', async () => {
    const gone = exchange.symbols[7] ?? '';
    exchange.script({ path: 'klines', symbol: gone, fault: { kind: 'delisted' } });
    const requested: number[] = [];
    for (let round = 0; round < 4; round += 1) requested.push((await scan()).requested);
    assert.deepEqual(requested, [12, 12, 12, 11]);
    const named = await live.engine.scanner.start({ ...ALL, symbols: [gone] });
    assert.equal((await named.quickScan).failures[0]?.reason, 'delisted');
  });

  it('fails once with a clear message when the exchange refuses this address', async () => {
    exchange.script({ path: 'klines', fault: { kind: 'status', status: 451 } });
    await assert.rejects(scan(), { code: 'exchange_denied' });
    assert.ok(klines().length <= 5, 'only what was in flight');
  });

  it('says that the exchange cannot be reached, and invents nothing', async () => {
    await exchange.close();
    await assert.rejects(scan(), (error: Error & { code?: string }) => {
      assert.match(error.code ?? '', /^exchange_(unavailable|timeout)$/);
      return true;
    });
  }).timeout(60_000);
});

describe('F12: a scan just after the close of a candle', () => {
  const folder = temporaryFolder();

  it('gives the signals that it gives five seconds later, though the exchange lags', async () => {
    const close = Date.UTC(2026, 0, 7, 11);
    const scores: (readonly (readonly [string, number, string])[])[] = [];
    for (const delayMs of [500, 5000]) {
      const startedAt = Date.now();
      const exchange = await startExchangeServer({
        symbols: 3,
        now: () => close + delayMs + Date.now() - startedAt,
      });
      const { engine } = await openLiveEngine({ dataDir: `${folder.path}/${delayMs}`, exchange });
      if (delayMs === 500) exchange.script({ path: 'klines', times: 3, fault: { kind: 'lag', ms: 2000 } });
      const { signals } = await (await engine.scanner.start(ALL)).quickScan;
      scores.push(
        signals.map(({ symbol, score, candleCloseTime }) => [symbol, score, candleCloseTime] as const),
      );
      await engine.close();
      await exchange.close();
    }
    assert.deepEqual(scores[0], scores[1]);
    assert.equal(scores[0]?.[0]?.[2], '2026-01-07T11:00:00.000Z');
  });
});
