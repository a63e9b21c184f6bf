import assert from 'node:assert/strict';
import type { CandleRequest, MarketDataSource } from '@fast-scanner/server/market-data/market-data-source.ts';
import type { CandleColumns, Timeframe } from '@fast-scanner/shared';
import {
  candleOpenTime,
  lastClosedOpenTime,
  parseSymbol,
  rowsFromColumns,
  ScannerError,
  timeframeMs,
} from '@fast-scanner/shared';

/** One source under test. It must be quiet: no scripted faults, and the known symbols have clean candles up to now. */
export interface MarketDataSourceSetup {
  readonly source: MarketDataSource;
  /** Two or more trading symbols with at least 50 candles on every timeframe below. */
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  /** Frees what the setup opened beside the source. Runs after the source has been closed. */
  readonly teardown?: () => Promise<void>;
}

const CANDLES = 20;
const PROMPT_MS = 1_000;
const UNKNOWN_SYMBOLS = [
  'NOSUCHCOIN/USDT',
  'BTC/NOSUCHQUOTE',
  '../../etc/passwd',
  '__proto__',
  'constructor',
];

/**
 * What every `MarketDataSource` keeps to. `setup` is called before each test; the contract closes the source.
 * Times are compared with the source's own `now()` before and after a call, so a running clock is fine.
 */
export function marketDataSourceContract(name: string, setup: () => Promise<MarketDataSourceSetup>): void {
  describe(`${name} keeps the market data source contract`, () => {
    let context: MarketDataSourceSetup;

    beforeEach(async () => {
      context = await setup();
    });

    afterEach(async () => {
      await context.source.close();
      await context.teardown?.();
    });

    describe('markets', () => marketRules(() => context));
    describe('candles', () => candleRules(() => context));
    describe('tickers', () => tickerRules(() => context));
    describe('calls', () => callRules(() => context));
  });
}

function marketRules(context: () => MarketDataSourceSetup): void {
  it('are listed once each, the known symbols among them', async () => {
    const { source, symbols } = context();
    const listed = (await source.listMarkets()).map((market) => market.symbol);
    assert.equal(new Set(listed).size, listed.length);
    for (const symbol of symbols) assert.ok(listed.includes(symbol), `${symbol} is not listed`);
  });

  it('say of themselves what their symbol says', async () => {
    for (const market of await context().source.listMarkets()) {
      const parsed = parseSymbol(market.symbol);
      assert.ok(parsed, `${market.symbol} is malformed`);
      assert.deepEqual(
        { base: market.base, quote: market.quote, kind: market.kind },
        { base: parsed.base, quote: parsed.quote, kind: parsed.kind },
      );
      assert.ok(market.tickSize === null || market.tickSize > 0, `${market.symbol}: tick ${market.tickSize}`);
    }
  });
}

function candleRules(context: () => MarketDataSourceSetup): void {
  it('end at now: with the open candle or the newest closed one, and none opens after now', async () => {
    await forEachSeries(context(), async ({ columns, timeframe, calledAt, answeredAt }) => {
      const newest = columns.openTime.at(-1) ?? Number.NaN;
      assert.ok(newest >= lastClosedOpenTime(calledAt, timeframe), `${timeframe} ends too early: ${newest}`);
      assert.ok(newest <= candleOpenTime(answeredAt, timeframe), `${timeframe} looks ahead: ${newest}`);
    });
  });

  it('are as many as asked for, equidistant, and open on the boundaries of their timeframe', async () => {
    await forEachSeries(context(), async ({ columns, timeframe }) => {
      assert.equal(columns.openTime.length, CANDLES);
      columns.openTime.forEach((openTime, index) => {
        assert.equal(candleOpenTime(openTime, timeframe), openTime);
        const previous = columns.openTime[index - 1] ?? openTime - timeframeMs(timeframe);
        assert.equal(openTime - previous, timeframeMs(timeframe));
      });
    });
  });

  it('hold positive prices within low and high, and no negative volume', async () => {
    await forEachSeries(context(), async ({ columns }) => {
      for (const [, open, high, low, close, volume] of rowsFromColumns(columns)) {
        assert.ok(low > 0 && low <= Math.min(open, close), `low ${low} of open ${open}, close ${close}`);
        assert.ok(high >= Math.max(open, close) && Number.isFinite(high), `high ${high}`);
        assert.ok(volume >= 0 && Number.isFinite(volume), `volume ${volume}`);
      }
    });
  });

  it('have six columns of one length', async () => {
    await forEachSeries(context(), async ({ columns }) => {
      const lengths = new Set(Object.values(columns).map((column: Float64Array) => column.length));
      assert.deepEqual([...lengths], [CANDLES]);
      assert.deepEqual(Object.keys(columns).sort(), ['close', 'high', 'low', 'open', 'openTime', 'volume']);
    });
  });

  it('that are closed never change', async () => {
    const { source } = context();
    await forEachSeries(context(), async ({ columns, symbol, timeframe, calledAt }) => {
      const again = await source.fetchCandles({ symbol, timeframe, limit: CANDLES });
      const closedUpTo = lastClosedOpenTime(calledAt, timeframe);
      const before = rowsFromColumns(columns).filter(([openTime]) => openTime <= closedUpTo);
      const since = again.openTime[0] ?? 0;
      const after = rowsFromColumns(again).filter(([openTime]) => openTime <= closedUpTo);
      assert.deepEqual(
        after,
        before.filter(([openTime]) => openTime >= since),
      );
    });
  });

  it('of a shorter window are the tail of a longer one', async () => {
    await forEachSeries(context(), async ({ columns, request }) => {
      const fewer = await request({ limit: 3 });
      assert.equal(fewer.openTime.length, 3);
      const shared = rowsFromColumns(columns).slice(0, -1);
      for (const row of rowsFromColumns(fewer).slice(0, -1)) {
        if (row[0] <= (shared.at(-1)?.[0] ?? 0))
          assert.deepEqual(
            row,
            shared.find(([time]) => time === row[0]),
          );
      }
    });
  });

  it('start no earlier than `since`', async () => {
    await forEachSeries(context(), async ({ columns, request }) => {
      const since = columns.openTime.at(-5) ?? Number.NaN;
      const recent = await request({ limit: CANDLES, since });
      assert.equal(recent.openTime[0], since);
      assert.ok(recent.openTime.length >= 5 && recent.openTime.length <= 7);
    });
  });

  it('since long ago are still only the newest `limit`', async () => {
    await forEachSeries(context(), async ({ columns, request }) => {
      const recent = await request({ limit: 5, since: columns.openTime[0] ?? Number.NaN });
      assert.equal(recent.openTime.length, 5);
      assert.ok((recent.openTime.at(-1) ?? 0) >= (columns.openTime.at(-1) ?? Number.NaN));
    });
  });

  it('since the future are none', async () => {
    await forEachSeries(context(), async ({ answeredAt, timeframe, request }) => {
      const since = answeredAt + 2 * timeframeMs(timeframe);
      assert.equal((await request({ limit: CANDLES, since })).openTime.length, 0);
    });
  });

  it('of an unknown symbol are refused with symbol_unknown', async () => {
    const { source, timeframes } = context();
    for (const symbol of UNKNOWN_SYMBOLS) {
      await assert.rejects(
        source.fetchCandles({ symbol, timeframe: timeframes[0] ?? '1h', limit: CANDLES }),
        (error) => error instanceof ScannerError && error.code === 'symbol_unknown',
      );
    }
  });
}

function tickerRules(context: () => MarketDataSourceSetup): void {
  it('of known symbols have a positive last price and a time that is not ahead', async () => {
    const { source, symbols } = context();
    const tickers = await source.fetchTickers(symbols);
    assert.deepEqual([...tickers.keys()].sort(), [...symbols].sort());
    for (const [symbol, ticker] of tickers) {
      assert.equal(ticker.symbol, symbol);
      assert.ok(ticker.last > 0 && Number.isFinite(ticker.last));
      assert.ok(ticker.timestamp <= source.now(), `${symbol} is stamped ${ticker.timestamp}`);
      assert.ok(ticker.change24hPct === null || Number.isFinite(ticker.change24hPct));
      assert.ok(ticker.quoteVolume24h === null || ticker.quoteVolume24h >= 0);
    }
  });

  it('of unknown symbols are absent, without harm to the others', async () => {
    const { source, symbols } = context();
    const [known = ''] = symbols;
    const tickers = await source.fetchTickers([...UNKNOWN_SYMBOLS, known]);
    assert.deepEqual([...tickers.keys()], [known]);
  });

  it('of no symbols are none', async () => {
    assert.equal((await context().source.fetchTickers([])).size, 0);
  });
}

function callRules(context: () => MarketDataSourceSetup): void {
  const calls = ({ source, symbols, timeframes }: MarketDataSourceSetup, signal?: AbortSignal) => {
    const [symbol = ''] = symbols;
    const options = signal ? { signal } : {};
    return [
      source.listMarkets(options),
      source.fetchCandles({ symbol, timeframe: timeframes[0] ?? '1h', limit: CANDLES }, options),
      source.fetchTickers([symbol], options),
    ];
  };

  it('with an aborted signal reject with its reason', async () => {
    const reason = new Error('no longer wanted');
    for (const call of calls(context(), AbortSignal.abort(reason))) await assert.rejects(call, reason);
  });

  it('aborted in flight reject promptly with the reason of the signal', async () => {
    const reason = new Error('no longer wanted');
    const controller = new AbortController();
    const pending = calls(context(), controller.signal).map((call) => assert.rejects(call, reason));
    const abortedAt = performance.now();
    controller.abort(reason);
    await Promise.all(pending);
    assert.ok(performance.now() - abortedAt < PROMPT_MS);
  });

  it('in flight are settled once the source is closed, later ones are refused, and closing again is harmless', async () => {
    const { source } = context();
    const pending = Promise.allSettled(calls(context()));
    const closedAt = performance.now();
    await source.close();
    await pending;
    assert.ok(performance.now() - closedAt < PROMPT_MS);
    await source.close();
    for (const call of calls(context())) await assert.rejects(call, ScannerError);
  });
}

interface FetchedSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly columns: CandleColumns;
  /** `now()` of the source around the call. */
  readonly calledAt: number;
  readonly answeredAt: number;
  /** Asks again for the same symbol and timeframe. */
  readonly request: (request: Omit<CandleRequest, 'symbol' | 'timeframe'>) => Promise<CandleColumns>;
}

async function forEachSeries(
  { source, symbols, timeframes }: MarketDataSourceSetup,
  check: (series: FetchedSeries) => Promise<void>,
): Promise<void> {
  for (const symbol of symbols) {
    for (const timeframe of timeframes) {
      const calledAt = source.now();
      const columns = await source.fetchCandles({ symbol, timeframe, limit: CANDLES });
      await check({
        symbol,
        timeframe,
        columns,
        calledAt,
        answeredAt: source.now(),
        request: (request) => source.fetchCandles({ symbol, timeframe, ...request }),
      });
    }
  }
}
