import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { rangeOf } from '@fast-scanner/server/scanners/market-scan/history-loader.ts';
import { resolveUniverse } from '@fast-scanner/server/scanners/market-scan/resolve-universe.ts';
import type { DataSource, Timeframe } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { RecordedSource, type RecordedSourceOptions } from '../../../support/recorded-source.ts';

const NOW = Date.UTC(2026, 0, 7, 10, 20);
const never = new AbortController().signal;

/** What is tested on an exchange that lists these when nothing is named. */
async function universeOf(symbols: readonly string[], options: Partial<RecordedSourceOptions> = {}) {
  const series = symbols.map((symbol) => randomSeries({ symbol, count: 1, newestOpenTime: 0 }));
  const source = new RecordedSource({ series, now: () => NOW, ...options });
  const feed = createCandleFeed(source, { clock: new FakeClock() });
  return resolveUniverse(feed, { tickers: null, universe: null }, never);
}

describe('the universe of a market scan', () => {
  it('is every stock where there are stocks, but not the fund they are compared with', async () => {
    const { tickers, name } = await universeOf(['BTC/USDT', 'AAPL', 'SPY', 'GE']);
    assert.deepEqual([tickers, name], [['AAPL', 'GE'], 'all stocks of recorded']);
  });

  it('is elsewhere every coin against the first of the dollars there is, spot before swaps', async () => {
    const { tickers, name } = await universeOf([
      'ETH/BTC',
      'BTC/USDC',
      'BTC/USDT',
      'ETH/USDT',
      'ETH/USDT:USDT',
    ]);
    assert.deepEqual([tickers, name], [['BTC/USDT', 'ETH/USDT'], 'all coins of recorded']);
    assert.deepEqual((await universeOf(['ETH/BTC', 'BTC/USDC'])).tickers, ['BTC/USDC']);
    assert.deepEqual((await universeOf(['BTC/USDT:USDT'])).tickers, ['BTC/USDT:USDT']);
  });

  it('has what is no longer traded only where it was recorded', async () => {
    const inactive = ['GE'];
    assert.deepEqual((await universeOf(['AAPL', 'GE'], { inactive })).tickers, ['AAPL']);
    assert.deepEqual((await universeOf(['AAPL', 'GE'], { inactive, kind: 'recorded' })).tickers, [
      'AAPL',
      'GE',
    ]);
  });

  it('cannot be nothing', async () => {
    await assert.rejects(universeOf(['ETH/BTC'], { inactive: ['ETH/BTC'] }), {
      code: 'no_data',
      message: /recorded lists no symbols; name some in "tickers" or a "universe"/,
    });
  });
});

describe('the time of a market scan', () => {
  const DAY_MS = 86_400_000;
  const range = (interval: Timeframe, kind: DataSource['kind'], asked = {}, now = NOW) => {
    const { from, to } = rangeOf(
      { interval, dataSource: { exchange: 'x', kind }, from: null, to: null, ...asked },
      now,
    );
    return [from, to];
  };

  it('is everything that is recorded, else five years of days and 5,000 candles of less', () => {
    const today = Date.UTC(2026, 0, 7);
    assert.deepEqual(range('1d', 'recorded'), [0, today]);
    assert.deepEqual(range('1d', 'simulated'), [NOW - 5 * 365.25 * DAY_MS, today]);
    assert.deepEqual(range('1h', 'live'), [NOW - 5_000 * 3_600_000, Date.UTC(2026, 0, 7, 10)]);
    assert.deepEqual(range('1d', 'simulated', {}, DAY_MS), [0, DAY_MS]);
  });

  it('is what was asked for, up to the candle that is open', () => {
    const from = Date.UTC(2020, 0, 1);
    const to = Date.UTC(2021, 0, 1);
    assert.deepEqual(range('1d', 'live', { from, to }), [from, to]);
    assert.deepEqual(range('1d', 'live', { from, to: Date.UTC(2030, 0, 1) }), [from, Date.UTC(2026, 0, 7)]);
  });

  it('leaves a candle out that a live source may not have told yet', () => {
    const midnight = Date.UTC(2026, 0, 7);
    assert.equal(range('1d', 'live', {}, midnight + 4_999)[1], midnight - DAY_MS);
    assert.equal(range('1d', 'live', {}, midnight + 5_000)[1], midnight);
    assert.equal(range('1d', 'recorded', {}, midnight)[1], midnight);
  });
});
