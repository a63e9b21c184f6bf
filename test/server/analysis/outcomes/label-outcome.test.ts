import assert from 'node:assert/strict';
import { labelOutcome } from '@fast-scanner/server/analysis/outcomes/label-outcome.ts';
import { sliceColumns } from '@fast-scanner/shared';
import { assertNear, CLOSE, candlesOf, HOUR, judge, LONG, type Prices, SHORT } from './judged.ts';

const QUIET: Prices = [100, 101, 99, 100];
const RISING: readonly Prices[] = [
  [102, 105, 101, 104],
  [104, 108, 103, 107],
  [107, 110, 106, 109],
  [109, 112, 108, 111],
];

describe('the outcome of a trade', () => {
  it('begins at the open of the candle after the signal, and pays 0.3 % for entry and exit', () => {
    const { outcome, entry, forwardReturnPct, netReturnPct, candles, exitTime } = judge(RISING);
    assert.equal(outcome, 'timeout');
    assert.equal(entry, 102);
    assertNear(forwardReturnPct, 100 * (111 / 102 - 1));
    assertNear(netReturnPct, 100 * (111 / 102 - 1) - 0.3);
    assert.equal(candles, 4);
    assert.equal(exitTime, new Date(CLOSE + 4 * HOUR).toISOString());
  });

  it('is the target when that is reached first, at its price', () => {
    const { outcome, netReturnPct, candles, forwardReturnPct } = judge([
      QUIET,
      [100, 121, 99, 118],
      QUIET,
      QUIET,
    ]);
    assert.deepEqual([outcome, candles], ['target', 2]);
    assertNear(netReturnPct, 20 - 0.3);
    assertNear(forwardReturnPct, 0); // whatever happened between
  });

  it('is the stop when that is reached first, and of a candle that reaches both', () => {
    for (const candle of [
      [100, 101, 89, 95],
      [100, 121, 89, 95],
    ] as const) {
      const { outcome, netReturnPct } = judge([candle, QUIET, QUIET, QUIET]);
      assert.equal(outcome, 'stop');
      assertNear(netReturnPct, -10 - 0.3);
    }
  });

  it('ends at the open of a candle that opens beyond the stop or the target', () => {
    const down = judge([QUIET, [80, 85, 75, 84], QUIET, QUIET]);
    assert.equal(down.outcome, 'stop');
    assertNear(down.netReturnPct, -20 - 0.3);
    const up = judge([QUIET, [130, 131, 85, 90], QUIET, QUIET]);
    assert.equal(up.outcome, 'target', 'the open comes before everything else of a candle');
    assertNear(up.netReturnPct, 30 - 0.3);
  });

  it('ends at once, for the costs, when its entry is beyond a price already', () => {
    const { outcome, netReturnPct, candles } = judge([[85, 95, 84, 94], QUIET, QUIET, QUIET]);
    assert.deepEqual([outcome, candles], ['stop', 1]);
    assertNear(netReturnPct, -0.3);
  });

  it('of a short trade gains when the price falls', () => {
    const { outcome, netReturnPct, forwardReturnPct } = judge(
      [QUIET, [100, 101, 79, 82], QUIET, [100, 101, 99, 100]],
      SHORT,
    );
    assert.equal(outcome, 'target');
    assertNear(netReturnPct, 20 - 0.3);
    assertNear(forwardReturnPct, 0);
  });

  it('says how far the price went for and against it until it ended', () => {
    const { favourablePct, adversePct } = judge([[100, 107, 96, 100], [100, 130, 89, 95], QUIET, QUIET]);
    assertNear(favourablePct, 7); // not the high of the candle that ended it
    assertNear(adversePct, 10); // no further than the stop
  });

  it('is followed without the prices that a signal does not have', () => {
    const { outcome, netReturnPct } = judge([QUIET, [100, 300, 10, 150], QUIET, QUIET], {
      stop: null,
      target: null,
    });
    assert.equal(outcome, 'timeout');
    assertNear(netReturnPct, -0.3);
  });
});

describe('the outcome of a signal without a side', () => {
  it('is none, with the return over the horizon', () => {
    const { outcome, forwardReturnPct, ...rest } = judge(RISING, {
      direction: 'none',
      stop: null,
      target: null,
    });
    assert.equal(outcome, 'none');
    assertNear(forwardReturnPct, 100 * (111 / 102 - 1));
    assert.deepEqual(rest, {
      reason: null,
      entry: 102,
      netReturnPct: null,
      favourablePct: null,
      adversePct: null,
      candles: null,
      exitTime: null,
      predictionLabel: null,
    });
  });
});

describe('the label of a prediction', () => {
  const prediction = { horizonCandles: 3, up: 105, down: 95 };
  const labelOf = (prices: readonly Prices[]) => judge(prices, { prediction }).predictionLabel;

  it("is what was reached first from the signal's close, the lower barrier of a candle that reaches both", () => {
    assert.equal(labelOf([QUIET, [100, 105, 99, 100], QUIET, QUIET]), 1);
    assert.equal(labelOf([QUIET, [100, 101, 95, 100], QUIET, QUIET]), 0);
    assert.equal(labelOf([[100, 106, 94, 100], QUIET, QUIET, QUIET]), 0);
  });

  it('is decided by the last close of its own horizon when neither was', () => {
    assert.equal(labelOf([QUIET, QUIET, [100, 102, 99, 100.5], [100, 101, 90, 91]]), 1);
    assert.equal(labelOf([QUIET, QUIET, QUIET, QUIET]), 0, 'not above is not up');
  });
});

describe('an outcome', () => {
  it('is not there before the last candle of the horizon, nor before that of its prediction', () => {
    const candles = candlesOf([...RISING, QUIET]);
    const prediction = { horizonCandles: 5, up: 200, down: 50 };
    assert.equal(labelOutcome(LONG, sliceColumns(candles, 0, 4)), null);
    assert.notEqual(labelOutcome(LONG, sliceColumns(candles, 0, 5)), null);
    assert.equal(labelOutcome({ ...LONG, prediction }, sliceColumns(candles, 0, 5)), null);
    assert.notEqual(labelOutcome({ ...LONG, prediction }, candles), null);
  });

  it('of what was said during a candle is that of a trade which begins with the one after', () => {
    const crash: Prices = [100, 100, 50, 95];
    const late = { ...LONG, dueAt: LONG.dueAt + HOUR, prediction: { horizonCandles: 4, up: 200, down: 60 } };
    const candles = candlesOf([crash, ...RISING]);
    assert.equal(labelOutcome(late, sliceColumns(candles, 0, 5)), null);
    const outcome = labelOutcome(late, candles);
    assert.deepEqual([outcome?.outcome, outcome?.entry, outcome?.candles], ['timeout', 102, 4]);
    assert.equal(outcome?.predictionLabel, 0, 'a prediction is of its candle, whenever it was said');
  });

  it('waits for no candle that is missing once a later one is there', () => {
    const gap = candlesOf([...RISING.slice(0, 3), null, QUIET]);
    assert.equal(labelOutcome(LONG, gap)?.outcome, 'unknown');
    assert.equal(labelOutcome(LONG, sliceColumns(gap, 0, 4)), null);
  });

  it('is unknown when more than a tenth of the horizon is missing', () => {
    const long = { horizonCandles: 20 };
    const twenty = Array.from({ length: 20 }, () => QUIET);
    const without = (...missing: number[]) => twenty.map((row, i) => (missing.includes(i) ? null : row));
    assert.equal(judge(without(3, 9), long).outcome, 'timeout');
    const { outcome, reason, entry, netReturnPct, forwardReturnPct } = judge(without(0, 3, 19), long);
    assert.equal(outcome, 'unknown');
    assert.equal(reason, '3 of the 20 candles after it are missing');
    assert.deepEqual([entry, netReturnPct, forwardReturnPct], [null, null, null]);
    assert.equal(judge([], long).reason, 'none of the 20 candles after it is there');
  });

  it('is known of a trade that ended before candles went missing, but has no forward return', () => {
    const { outcome, netReturnPct, forwardReturnPct } = judge([QUIET, [100, 101, 60, 62], null, null]);
    assert.equal(outcome, 'stop', 'a symbol that crashed and was delisted did not vanish');
    assertNear(netReturnPct, -10 - 0.3);
    assert.equal(forwardReturnPct, null);
  });

  it('of a stock counts the sessions there are, however long they take', () => {
    const friday = Date.UTC(2026, 0, 9);
    const day = 24 * HOUR;
    const stock = {
      ...LONG,
      symbol: 'AAPL',
      timeframe: '1d',
      candleCloseTime: friday + day,
      horizonCandles: 2,
      dueAt: friday + 3 * day,
    } as const;
    const candles = candlesOf([QUIET, ...RISING]);
    candles.openTime.set([friday, friday + 3 * day, friday + 4 * day, friday + 5 * day]);
    assert.equal(labelOutcome(stock, sliceColumns(candles, 0, 2)), null);
    const outcome = labelOutcome(stock, sliceColumns(candles, 0, 3));
    assert.equal(outcome?.outcome, 'timeout');
    assert.equal(outcome?.exitTime, new Date(friday + 5 * day).toISOString());
  });
});
