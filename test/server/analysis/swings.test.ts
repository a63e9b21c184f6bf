import assert from 'node:assert/strict';
import { findSwings, SWING_LOOKBACK } from '@fast-scanner/server/analysis/swings.ts';
import { allocateColumns, type CandleColumns } from '@fast-scanner/shared';

/** Candles whose highs are given; lows mirror them around 100. */
function withHighs(highs: readonly number[]): CandleColumns {
  const columns = allocateColumns(highs.length);
  highs.forEach((high, index) => {
    columns.high[index] = high;
    columns.low[index] = 200 - high;
  });
  columns.close.fill(100);
  return columns;
}

describe('swings', () => {
  it('finds highs and lows that overtop three candles on each side, newest first', () => {
    const candles = withHighs([101, 102, 103, 110, 103, 102, 101, 102, 103, 107, 103, 102, 101]);
    assert.deepEqual(findSwings(candles).highs, [107, 110]);
    assert.deepEqual(findSwings(candles).lows, [93, 90]);
  });

  it('knows a swing only when three later candles have closed', () => {
    assert.deepEqual(findSwings(withHighs([101, 102, 103, 110, 103, 102])).highs, []);
    assert.deepEqual(findSwings(withHighs([101, 102, 103, 110, 103, 102, 101])).highs, [110]);
  });

  it('is no swing when a later candle goes beyond it', () => {
    assert.deepEqual(findSwings(withHighs([101, 102, 103, 110, 103, 102, 111])).highs, []);
  });

  it('counts a flat top once, at its first candle', () => {
    assert.deepEqual(findSwings(withHighs([101, 102, 103, 110, 110, 103, 102, 101, 101])).highs, [110]);
  });

  it('forgets swings before the lookback and finds none in a flat market', () => {
    const highs = Array.from({ length: SWING_LOOKBACK + 20 }, () => 101);
    assert.deepEqual(findSwings(withHighs(highs)).highs, []);
    highs[10] = 120;
    assert.deepEqual(findSwings(withHighs(highs)).highs, []);
    highs[30] = 115;
    assert.deepEqual(findSwings(withHighs(highs)).highs, [115]);
  });
});
