import assert from 'node:assert/strict';
import { type BacktestResult, runBacktest } from '@fast-scanner/server/analysis/backtest/run-backtest.ts';
import { ORDER } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import { EXIT_REASONS } from '@fast-scanner/server/analysis/backtest/trade-columns.ts';
import { assertClose } from '../support/assert-close.ts';
import { type Day, dailyCandles } from './support/candle-rows.ts';
import { signalsOf, type WantedAt } from './support/signals.ts';

const FREE = { commissionRate: 0, slippageRate: 0, direction: 'both' } as const;
const QUIET: Day = [100, 101, 99, 100];

/** A position opened at 100 at the second candle's open, then these days. */
function enterAndMeet(wanted: WantedAt, days: readonly Day[], later: Record<number, WantedAt> = {}) {
  const all = [QUIET, ...days];
  return runBacktest(dailyCandles(all), signalsOf(all.length, { 0: wanted, ...later }), FREE);
}

function exitOf({ trades }: BacktestResult, at = 0) {
  return [EXIT_REASONS[trades.exitReason[at] ?? -1], trades.exitIndex[at], trades.exitPrice[at]];
}

describe('stops and targets', () => {
  const long = { order: ORDER.long, stop: 95, target: 110 };
  const short = { order: ORDER.short, stop: 105, target: 90 };

  it('a candle that touches a level fills at its price', () => {
    assert.deepEqual(exitOf(enterAndMeet(long, [QUIET, [100, 102, 95, 97]])), ['stop', 2, 95]);
    assert.deepEqual(exitOf(enterAndMeet(long, [QUIET, [100, 110, 99, 104]])), ['target', 2, 110]);
    assert.deepEqual(exitOf(enterAndMeet(short, [QUIET, [100, 105, 98, 103]])), ['stop', 2, 105]);
    assert.deepEqual(exitOf(enterAndMeet(short, [QUIET, [100, 101, 90, 96]])), ['target', 2, 90]);
  });

  it('one that touches both takes the stop', () => {
    assert.deepEqual(exitOf(enterAndMeet(long, [QUIET, [100, 111, 94, 108]])), ['stop', 2, 95]);
    assert.deepEqual(exitOf(enterAndMeet(short, [QUIET, [100, 106, 89, 91]])), ['stop', 2, 105]);
  });

  it('one that opens beyond a level fills at its open', () => {
    assert.deepEqual(exitOf(enterAndMeet(long, [QUIET, [90, 93, 88, 92]])), ['stop', 2, 90]);
    assert.deepEqual(exitOf(enterAndMeet(long, [QUIET, [115, 118, 112, 113]])), ['target', 2, 115]);
    assert.deepEqual(exitOf(enterAndMeet(short, [QUIET, [112, 115, 108, 109]])), ['stop', 2, 112]);
    assert.deepEqual(exitOf(enterAndMeet(short, [QUIET, [85, 88, 84, 86]])), ['target', 2, 85]);
  });

  it('levels are watched from the candle of the entry on', () => {
    assert.deepEqual(exitOf(enterAndMeet(long, [[100, 103, 94, 96], QUIET])), ['stop', 1, 95]);
  });

  it('after a stop the money rests until the next order, and an order of the same candle is filled', () => {
    const days: readonly Day[] = [[100, 101, 94, 96], [97, 99, 96, 98], QUIET];
    const resting = enterAndMeet(long, days);
    assert.deepEqual([...resting.equity], [10_000, 9_500, 9_500, 9_500]);
    const again = enterAndMeet(long, days, { 1: { order: ORDER.long } });
    assert.deepEqual(exitOf(again, 1), ['end', 3, 100]);
    assert.equal(again.trades.entryPrice[1], 97);
  });

  it('an order to close goes before a level of the same candle, at its open', () => {
    const result = enterAndMeet(long, [QUIET, [98, 99, 90, 91]], { 1: { order: ORDER.exitLong } });
    assert.deepEqual(exitOf(result), ['order', 2, 98]);
  });

  it('a level written while the position is open replaces the one before, from the next candle on', () => {
    const days: readonly Day[] = [QUIET, [100, 108, 99, 107], [107, 109, 103, 104]];
    assert.deepEqual(exitOf(enterAndMeet(long, days)), ['end', 3, 104]);
    assert.deepEqual(exitOf(enterAndMeet(long, days, { 2: { stop: 104.5 } })), ['stop', 3, 104.5]);
    assert.deepEqual(exitOf(enterAndMeet(long, days, { 2: { target: 108 } })), ['target', 3, 108]);
  });

  it('levels end with their position: the next one has none until some are written', () => {
    const days: readonly Day[] = [QUIET, [100, 101, 94, 96], [96, 97, 80, 90]];
    const result = enterAndMeet(long, days, { 2: { order: ORDER.long } });
    assert.deepEqual(exitOf(result, 1), ['end', 3, 90]);
  });

  it('stops slip, targets do not', () => {
    const costs = { ...FREE, slippageRate: 0.01 };
    const run = (wanted: WantedAt, day: Day) => {
      const candles = dailyCandles([QUIET, QUIET, day]);
      return runBacktest(candles, signalsOf(3, { 0: wanted }), costs).trades.exitPrice[0] ?? null;
    };
    assertClose(run(long, [100, 102, 94, 97]), 95 * 0.99, 1e-12);
    assertClose(run(short, [100, 106, 98, 103]), 105 * 1.01, 1e-12);
    assert.equal(run(long, [100, 112, 99, 104]), 110);
    assert.equal(run(short, [100, 101, 88, 96]), 90);
  });

  it('a short is bought back where nothing would be left; a jump over that price leaves a debt and ends the trading', () => {
    const sell = { order: ORDER.short };
    const ruined = enterAndMeet(sell, [QUIET, [150, 260, 140, 250], QUIET], { 2: sell });
    assert.deepEqual(exitOf(ruined), ['ruin', 2, 200]);
    assert.deepEqual([...ruined.equity], [10_000, 10_000, 0, 0]);
    assert.equal(ruined.refusedEntries, 1);
    const jumped = enterAndMeet(sell, [QUIET, [230, 260, 220, 250], QUIET], { 2: sell });
    assert.deepEqual(exitOf(jumped), ['ruin', 2, 230]);
    assert.equal(jumped.finalEquity, -3_000);
    assert.equal(jumped.trades.count, 1);
  });

  it('with costs the ruin leaves exactly nothing', () => {
    const candles = dailyCandles([QUIET, QUIET, [150, 260, 140, 250]]);
    const costs = {
      commissionRate: 0.001,
      slippageRate: 0.0005,
      direction: 'short',
      units: 'fractional',
    } as const;
    const { finalEquity } = runBacktest(candles, signalsOf(3, { 0: { order: ORDER.short } }), costs);
    assertClose(finalEquity, 0, 1e-9);
  });

  it('a stop beyond the ruin is moved to it', () => {
    const ruined = enterAndMeet({ order: ORDER.short, stop: 400 }, [QUIET, [150, 260, 140, 250]]);
    assert.deepEqual(exitOf(ruined), ['ruin', 2, 200]);
  });
});
