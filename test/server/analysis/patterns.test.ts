import assert from 'node:assert/strict';
import { findPatterns } from '@fast-scanner/server/analysis/patterns.ts';
import { type CandleColumns, type CandleRow, columnsFromRows, sliceSeries } from '@fast-scanner/shared';
import { scaleSeries, walkSeries } from './support/analysis-series.ts';

type Ohlc = readonly [open: number, high: number, low: number, close: number];

/** Nine ordinary candles of range 2 whose closes step from `from` to 100, then the given ones. */
function market(newest: readonly Ohlc[], from = 100): CandleColumns {
  const step = (100 - from) / 6;
  const before = Array.from({ length: 9 }, (_, index): Ohlc => {
    const open = from + step * Math.max(0, index - 3);
    return [open, open + 1 + Math.max(0, step), open - 1 + Math.min(0, step), open + step];
  });
  const rows = [...before, ...newest].map((prices, index): CandleRow => [index, ...prices, 10]);
  return columnsFromRows(rows);
}

const namesOf = (candles: CandleColumns) => findPatterns(candles).map(({ name }) => name);

describe('candlestick patterns', () => {
  const known: readonly (readonly [string, 'bullish' | 'bearish' | 'neutral', CandleColumns])[] = [
    [
      'bullish engulfing',
      'bullish',
      market([
        [100, 100.4, 98.6, 99],
        [98.8, 100.9, 98.5, 100.6],
      ]),
    ],
    [
      'bearish engulfing',
      'bearish',
      market([
        [100, 101.4, 99.6, 101],
        [101.2, 101.5, 99.1, 99.4],
      ]),
    ],
    [
      'bullish harami',
      'bullish',
      market([
        [101, 101.2, 97.8, 98],
        [98.8, 99.9, 98.5, 99.5],
      ]),
    ],
    [
      'bearish harami',
      'bearish',
      market([
        [99, 102.2, 98.8, 102],
        [101.2, 101.5, 100.1, 100.5],
      ]),
    ],
    [
      'piercing line',
      'bullish',
      market([
        [101, 101.2, 98.8, 99],
        [98.5, 100.6, 98.3, 100.4],
      ]),
    ],
    [
      'dark cloud cover',
      'bearish',
      market([
        [99, 101.2, 98.8, 101],
        [101.5, 101.7, 99.4, 99.6],
      ]),
    ],
    [
      'morning star',
      'bullish',
      market([
        [102, 102.2, 98.8, 99],
        [98, 98.4, 97.6, 98.2],
        [98.6, 101.4, 98.5, 101.2],
      ]),
    ],
    [
      'evening star',
      'bearish',
      market([
        [98, 101.2, 97.8, 101],
        [102, 102.4, 101.6, 101.8],
        [101.4, 101.5, 98.6, 98.8],
      ]),
    ],
    [
      'three white soldiers',
      'bullish',
      market([
        [98, 99.6, 97.8, 99.5],
        [99, 100.6, 98.8, 100.5],
        [100, 101.6, 99.8, 101.5],
      ]),
    ],
    [
      'three black crows',
      'bearish',
      market([
        [102, 102.2, 100.4, 100.5],
        [101, 101.2, 99.4, 99.5],
        [100, 100.2, 98.4, 98.5],
      ]),
    ],
    ['bullish marubozu', 'bullish', market([[99, 101, 99, 101]])],
    ['bearish marubozu', 'bearish', market([[101, 101, 99, 99]])],
    ['hammer', 'bullish', market([[100, 100.52, 98, 100.5]], 108)],
    ['hanging man', 'bearish', market([[100, 100.52, 98, 100.5]], 92)],
    ['shooting star', 'bearish', market([[100.5, 103, 99.98, 100]], 92)],
    ['dragonfly doji', 'bullish', market([[100, 100.02, 98, 100]])],
    ['gravestone doji', 'bearish', market([[100, 102, 99.98, 100]])],
    ['doji', 'neutral', market([[100, 101, 99, 100]])],
  ];

  for (const [name, direction, candles] of known) {
    it(`finds a ${name}, a ${direction} pattern`, () => {
      assert.ok(
        findPatterns(candles).some((pattern) => pattern.name === name && pattern.direction === direction),
        namesOf(candles).join(),
      );
    });
  }

  it('asks a hammer for a fall before it and for a shadow of two bodies', () => {
    assert.ok(!namesOf(market([[100, 100.52, 98, 100.5]], 92)).includes('hammer'));
    assert.ok(!namesOf(market([[100, 101.52, 99, 101.5]], 108)).includes('hammer'));
  });

  it('keeps the second candle of a bullish harami inside the first', () => {
    assert.ok(
      !namesOf(
        market([
          [101, 102.5, 97.8, 98],
          [98.8, 102.2, 98.5, 102],
        ]),
      ).includes('bullish harami'),
    );
  });

  it('sees the same whatever the price and however calm the market', () => {
    const walk = walkSeries({ seed: 12, count: 300, spread: 0.01 });
    const calm = walkSeries({ seed: 12, count: 300, spread: 0.0001 });
    const seen = new Set<string>();
    for (let end = 20; end <= 300; end += 1) {
      const names = namesOf(sliceSeries(walk, 0, end));
      assert.deepEqual(namesOf(scaleSeries(sliceSeries(walk, 0, end), 1e-6)), names);
      assert.deepEqual(namesOf(sliceSeries(calm, 0, end)), names);
      for (const name of names) seen.add(name);
    }
    assert.ok(seen.size > 5);
  });

  it('finds nothing in a filled gap and in too few candles', () => {
    assert.deepEqual(namesOf(market([[100, 100, 100, 100]])), []);
    assert.deepEqual(findPatterns(columnsFromRows([[0, 1, 2, 0.5, 1, 1]])), []);
  });
});
