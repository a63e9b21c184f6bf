import assert from 'node:assert/strict';
import {
  computeSymbolSignal,
  type SymbolSignal,
} from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import {
  type CandleSeries,
  columnsFromRows,
  continuousConfigSchema,
  continuousSignalSchema,
  createSeries,
  rowsFromColumns,
  ScannerError,
  sliceSeries,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { mirrorSeries, pathSeries, scaleSeries, walkSeries } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { arbitraryMarket } from './moves-series.ts';

/** Logarithms and reciprocals round in the 16th digit; σ is 1e-3 of the price and more. */
const TOLERANCE = 1e-8;
const CONFIG = continuousConfigSchema.parse({});
const EXACT_SIGNAL = continuousSignalSchema.strict();

/** The signal, after the wire's own check: every field and no other, every score within its bounds, nothing NaN. */
function signalOf(series: CandleSeries): SymbolSignal {
  const signal = computeSymbolSignal(series, { style: 'swing', config: CONFIG });
  const told = { symbol: 'BTC/USDT', exchange: 'demo', timestamp: '2026-01-05T00:00:00.000Z', ...signal };
  assert.deepEqual(EXACT_SIGNAL.parse(told), told);
  assert.deepEqual(JSON.parse(JSON.stringify(signal)), signal);
  return signal;
}

const swap = (text: string) =>
  text.replace(/BUY|SELL|BULLISH|BEARISH|bullish|bearish/, (side) => SWAPPED[side] ?? side);
const SWAPPED: Readonly<Record<string, string>> = {
  BUY: 'SELL',
  SELL: 'BUY',
  BULLISH: 'BEARISH',
  BEARISH: 'BULLISH',
  bullish: 'bearish',
  bearish: 'bullish',
};

function assertSameScores(actual: SymbolSignal, expected: SymbolSignal): void {
  assertClose(actual.momentum.momentum_score, expected.momentum.momentum_score, TOLERANCE);
  assertClose(actual.combined_score, expected.combined_score, TOLERANCE);
  assert.equal(actual.reversion.reversion_score, expected.reversion.reversion_score);
  assert.equal(actual.clustering.cluster_strength, expected.clustering.cluster_strength);
}

describe('laws of the continuous signal', () => {
  it('scale: multiplying all prices changes nothing but the price', () => {
    const factor = fc.double({ min: -8, max: 7, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(arbitraryMarket(), factor, (series, k) => {
        const [before, after] = [signalOf(series), signalOf(scaleSeries(series, k))];
        assertSameScores(after, before);
        assertClose(after.momentum.price_change_pct, before.momentum.price_change_pct, TOLERANCE);
        assert.deepEqual(after.clustering, before.clustering);
        assert.equal(after.signal_type, before.signal_type);
        assert.equal(after.reversion.reversion_direction, before.reversion.reversion_direction);
        assert.equal(after.price, (series.close.at(-1) ?? 0) * k);
      }),
      PROPERTY_RUNS,
    );
  });

  it('mirror: reciprocal prices swap BUY and SELL, bullish and bearish, overbought and oversold', () => {
    fc.assert(
      fc.property(arbitraryMarket(), (series) => {
        const [seen, mirrored] = [signalOf(series), signalOf(mirrorSeries(series))];
        assertSameScores(mirrored, seen);
        assert.equal(mirrored.signal_type, swap(seen.signal_type));
        assert.equal(mirrored.reversion.reversion_direction, swap(seen.reversion.reversion_direction));
        assert.deepEqual(
          [mirrored.reversion.is_overbought, mirrored.reversion.consecutive_moves],
          [seen.reversion.is_oversold, seen.reversion.consecutive_moves],
        );
        assert.deepEqual(
          [mirrored.clustering.bullish_clusters, mirrored.clustering.bearish_clusters],
          [seen.clustering.bearish_clusters, seen.clustering.bullish_clusters],
        );
        const backAgain =
          (1 + seen.momentum.price_change_pct / 100) * (1 + mirrored.momentum.price_change_pct / 100);
        assertClose(backAgain, 1, TOLERANCE);
      }),
      PROPERTY_RUNS,
    );
  });

  it('truncation: the signal at a candle is that of the data cut there, and the data stay as they were', () => {
    fc.assert(
      fc.property(
        arbitraryMarket({ minCount: 140 }),
        fc.integer({ min: 101, max: 139 }),
        (series, length) => {
          const view = sliceSeries(series, 0, length);
          const before = rowsFromColumns(series);
          const copy = createSeries(
            series.symbol,
            series.timeframe,
            columnsFromRows(before.slice(0, length)),
          );
          assert.deepEqual(signalOf(view), signalOf(copy));
          assert.deepEqual(rowsFromColumns(series), before);
        },
      ),
      PROPERTY_RUNS,
    );
  });

  it('history: candles before the newest 250 change no score', () => {
    const series = walkSeries({ seed: 9, count: 520 });
    for (let end = 501; end <= 520; end += 1) {
      assertSameScores(signalOf(sliceSeries(series, end - 250, end)), signalOf(sliceSeries(series, 0, end)));
    }
  });
});

describe('the continuous signal', () => {
  it('is about the newest closed candle of its timeframe', () => {
    const series = walkSeries({ seed: 3, count: 101, timeframe: '4h' });
    const signal = computeSymbolSignal(series, { style: 'day_trade', config: CONFIG });
    const closedAt = (series.openTime.at(-1) ?? 0) + timeframeMs('4h');
    assert.deepEqual(
      [signal.style, signal.timeframe, signal.candleCloseTime, signal.price],
      ['day_trade', '4h', toIsoTime(closedAt), series.close.at(-1)],
    );
  });

  it('weighs its parts as the config says', () => {
    const series = pathSeries(
      Array.from({ length: 101 }, (_, index) => 100 * 1.01 ** Math.max(0, index - 90)),
    );
    const combinedWith = (momentum_bias: number) =>
      computeSymbolSignal(series, { style: 'swing', config: { ...CONFIG, momentum_bias } });
    const [momentumOnly, reversionOnly] = [combinedWith(1), combinedWith(0)];
    assert.equal(momentumOnly.combined_score, momentumOnly.momentum.momentum_score);
    assert.equal(reversionOnly.combined_score, reversionOnly.reversion.reversion_score);
    assert.equal(reversionOnly.reversion.reversion_score, 50);
  });

  it('says of too few candles whose they are and how many it needs', () => {
    assert.throws(
      () => computeSymbolSignal(walkSeries({ seed: 1, count: 100 }), { style: 'swing', config: CONFIG }),
      (error) =>
        error instanceof ScannerError &&
        error.code === 'insufficient_data' &&
        error.message === 'the 1h signal of BTC/USDT needs at least 101 closed candles, there are 100',
    );
  });

  it('is neutral and without points for flat prices, with and without volume', () => {
    for (const volume of [100, 0]) {
      const signal = signalOf(
        pathSeries(new Array<number>(150).fill(3), { shadow: 0, volume: () => volume }),
      );
      assert.deepEqual(
        [signal.signal_type, signal.combined_score, signal.momentum.volume_ratio],
        ['NEUTRAL', 0, volume === 0 ? null : 1],
      );
    }
  });

  it('costs little: 200 symbols on 4 timeframes well within half a second of CPU', () => {
    const series = walkSeries({ seed: 5, count: 500 });
    const before = process.cpuUsage();
    for (let run = 0; run < 800; run += 1) computeSymbolSignal(series, { style: 'swing', config: CONFIG });
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 500_000, `took ${user + system} µs`);
  });
});
